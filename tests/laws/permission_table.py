"""Who may open what: one line an address. A new address is added here, or the law beside this fails.

Columns: nobody signed in, Alice (grid worker), Carol (secretary of the community), Dave (officer of the street),
Erin (inspector of the county), Frank (grid worker of another community), Grace (data steward of the community),
Heidi (system administrator of the province). Places in braces are of Hongqiao, where Frank has no duty: 404, and
not even that they exist. 302 without sign-in leads to it.
"""

COLUMNS = ("nobody", "Alice", "Carol", "Dave", "Erin", "Frank", "Grace", "Heidi")

TABLE = """
# name               method path                             nobody Alice Carol Dave Erin Frank Grace Heidi
home                 GET    /                                302    200   302   302  200  200   200   200
set_language         POST   /language                        302    302   302   302  302  302   302   302
place_menu           GET    /places                          302    200   200   200  200  200   200   200
place_menu           GET    /places?area={community}         302    404   200   200  200  404   200   200
me_menu              GET    /me                              302    200   200   200  200  200   200   200
returns              GET    /returns                         302    403   200   200  200  403   200   403
returns              GET    /returns?area={community}        302    404   200   200  200  404   200   403
returns_confirm      POST   /returns/confirm?area={community} 302   403   302   302  403  403   403   403
returns_xlsx         GET    /returns.xlsx?area={community}   302    403   200   200  403  403   200   403
healthz              GET    /healthz                         200    200   200   200  200  200   200   200
"""

# Addresses that guard themselves: sign-in pages are for everybody, the rest asks for a session or a device's token,
# and its own tests say so. The phone's program holds nothing until somebody signs in on it.
GUARDED_ELSEWHERE = ("account_", "mfa_", "api:", "static", "phone")

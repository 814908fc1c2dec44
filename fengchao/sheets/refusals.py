"""Why a file as a whole is refused, each with what to do about it."""

from fengchao.base.errors import Problem, register
from fengchao.base.words import gettext_lazy as _

register(
    {
        "sheet_empty": Problem(422, _("文件里没有内容。请检查是否选错了文件。")),
        "sheet_too_large": Problem(413, _("文件超过 %(limit)s MB。请拆成几个文件分别导入。")),
        "sheet_bomb": Problem(
            422,
            _(
                "文件解压后大得不正常，可能已损坏或被人做过手脚，没有读取。"
                "请用 Excel 打开后另存为新的 xlsx 再上传。"
            ),
        ),
        "sheet_too_many_rows": Problem(422, _("表格超过 %(limit)s 行。请拆成几个文件分别导入。")),
        "sheet_too_many_columns": Problem(
            422, _("表格有 %(columns)s 列，最多 %(limit)s 列。请删除右侧多余的列后再上传。")
        ),
        "sheet_too_many_sheets": Problem(422, _("工作簿超过 %(limit)s 张工作表。请只保留要导入的那一张。")),
        "sheet_cell_too_long": Problem(
            422, _("第 %(row)s 行有一个单元格超过 %(limit)s 个字。请检查是否粘贴错了内容。")
        ),
        "sheet_far_cell": Problem(
            422, _("单元格 %(cell)s 有内容，使表格大得无法读取。请删除该单元格所在的行和列后再上传。")
        ),
        "sheet_memory": Problem(
            422,
            _(
                "读取这个文件需要的内存超出限制，已停止。"
                "请删除多余的空行、空列，或另存为 csv 后再上传。"
            ),
        ),
        "sheet_slow": Problem(
            422, _("读取这个文件花的时间超出限制，已停止。请拆成几个文件，或另存为 csv 后再上传。")
        ),
        "sheet_damaged": Problem(
            422, _("文件不完整或已损坏，读不出来。请重新下载，或用 Excel 打开后另存为 xlsx 再上传。")
        ),
        "sheet_password": Problem(422, _("文件有密码保护。请在 Excel 中取消密码后另存，再上传。")),
        "sheet_macros": Problem(
            422, _("文件带有宏，为安全起见不读取。请在 Excel 中另存为不带宏的 xlsx 再上传。")
        ),
        "sheet_entities": Problem(
            422, _("文件里有不该有的 XML 定义，为安全起见不读取。请用 Excel 另存为 xlsx 再上传。")
        ),
        "sheet_web_page": Problem(
            422, _("这其实是一个网页，只是文件名像表格。请用 Excel 或 WPS 打开，另存为 xlsx 再上传。")
        ),
        "sheet_unknown": Problem(422, _("认不出这种文件。可以导入 xlsx、xls、ods 和 csv。")),
        "sheet_encoding": Problem(
            422, _("文字编码认不出来。请用 Excel 打开，另存为 xlsx 或“CSV UTF-8”再上传。")
        ),
        "sheet_quote": Problem(422, _("第 %(row)s 行附近有一个双引号没有成对。请改正后再上传。")),
        "sheet_not_there": Problem(422, _("工作簿里没有名为“%(sheet)s”的工作表。")),
        "sheet_no_header": Problem(
            422, _("没有找到表头。请让其中一行写明各列的名称，例如“姓名、身份证号、联系电话、地址”。")
        ),
        "sheet_column_missing": Problem(
            422, _("缺少“%(column)s”这一列。请在对应关系中指定，或在表格中补上。")
        ),
    }
)

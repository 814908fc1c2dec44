// Passkeys: the browser makes one (data-passkey="make") or shows one ("show"), and what it says goes with the form.
// What to ask for stands in the page (#js_data); on the sign-in page, where nobody is known yet, it is fetched.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const keys = (list) => (list ?? []).map((key) => ({ ...key, id: bytes(key.id) }));

async function make({ publicKey: asked }) {
  // Always one that stands for the person without a password: it lies on the device, which asks for a finger or a PIN.
  const made = await navigator.credentials.create({ publicKey: {
    ...asked, challenge: bytes(asked.challenge), user: { ...asked.user, id: bytes(asked.user.id) },
    excludeCredentials: keys(asked.excludeCredentials),
    authenticatorSelection: { ...asked.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" },
  } });
  return said(made, ["attestationObject"]);
}

async function show({ publicKey: asked }) {
  const shown = await navigator.credentials.get({ publicKey: {
    ...asked, challenge: bytes(asked.challenge), allowCredentials: keys(asked.allowCredentials),
  } });
  return said(shown, ["authenticatorData", "signature", "userHandle"]);
}

function said(credential, parts) {
  const response = { clientDataJSON: text(credential.response.clientDataJSON) };
  for (const part of parts) if (credential.response[part]) response[part] = text(credential.response[part]);
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response, clientExtensionResults: credential.getClientExtensionResults() };
}

async function asked(form) {
  const here = form.ownerDocument.getElementById("js_data");
  if (here) return JSON.parse(here.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

export function start(document) {
  if (!window.PublicKeyCredential) return;
  document.querySelectorAll("form[data-passkey]").forEach((form) => (form.hidden = false));
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.dataset.passkey) return;
    event.preventDefault();
    const problem = form.querySelector("[role=alert]");
    problem.hidden = true;
    try {
      const { creation_options: toMake, request_options: toShow } = await asked(form);
      form.elements.credential.value = JSON.stringify(await (form.dataset.passkey === "make" ? make(toMake) : show(toShow)));
      form.submit();
    } catch {
      problem.hidden = false; // cancelled, no passkey here, or the address is not one that browsers make passkeys for
    }
  });
}

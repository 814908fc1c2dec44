// Everything a page needs: small behaviours found by data attributes, so that no page carries a script of its own.
import "@tabler/core/dist/css/tabler.min.css";
import "./console.css";
import "./print.css";
import "./map.css";

import "./partial.js";
import { start as confirmations } from "./confirm.js";
import { start as menus } from "./menus.js";
import { start as tables } from "./tables.js";
import { start as passkeys } from "./passkeys.js";
import { start as forms } from "./forms.js";

for (const start of [confirmations, menus, tables, passkeys, forms]) start(document);

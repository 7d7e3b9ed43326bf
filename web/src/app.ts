// Small enhancements of pages that are already whole without them. Importing an element defines it; nothing is global.

import "./behaviours/draft-keep";
import "./behaviours/passkey-door";
import "./behaviours/quantity-preview";
import "./behaviours/signature-pad";
import "./behaviours/undo-countdown";

import { closeMenus } from "./behaviours/menus";
import { sendOnce } from "./behaviours/send-once";
import { showErrors } from "./behaviours/errors";

sendOnce(document);
closeMenus(document);
showErrors(document);

// Keys go to the terminal at once: textual.js makes it, and its hidden field, when all is loaded.
addEventListener("load", () => document.querySelector(".xterm-helper-textarea")?.focus());

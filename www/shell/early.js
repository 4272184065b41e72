// Runs before the first frame: sets the theme, and waits for a start that fails, that of an old page too.
import { stamp } from "./theme.js";
import { watch } from "./fallback.js";

stamp();
watch();

// The survey form: one question a screen on a phone, and nothing else. Without
// this script all questions stand on one page and are sent the same way.
import '../steps.js';

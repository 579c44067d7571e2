/** The version of this program, by Semantic Versioning. */
export const VERSION = "0.1.0";

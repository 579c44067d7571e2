/** Why an update goes no further: expected, and safe to show. The message continues a sentence: `Cannot …: <message>`. */
export class UpdateProblem extends Error {
  override readonly name = "UpdateProblem";
}

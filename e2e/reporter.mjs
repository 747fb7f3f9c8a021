// Closes a run with one plain line that people and machines read alike.
export default class Summary {
  #count = { passed: 0, failed: 0, skipped: 0 };

  onTestEnd(test, result) {
    if (result.status === 'skipped') this.#count.skipped += 1;
    else if (test.ok()) this.#count.passed += 1;
    else this.#count.failed += 1;
  }

  onEnd() {
    const { passed, failed, skipped } = this.#count;
    console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  }

  printsToStdio() {
    return true;
  }
}

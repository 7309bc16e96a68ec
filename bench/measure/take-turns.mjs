/**
 * Samples of several subjects, in rounds in which they take turns: what slows down the machine slows down all of them.
 *
 * @param sample Measures one subject, which it is given with the number of the round.
 * @returns For each subject what was measured in each round.
 */
export async function takeTurns(subjects, rounds, sample) {
  const samples = subjects.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, subject] of subjects.entries()) samples[index].push(await sample(subject, round));
  }
  return samples;
}

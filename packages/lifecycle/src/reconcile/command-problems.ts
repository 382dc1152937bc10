/** Why a command is not carried out, in one table. */
export const commandReasons = {
  notAllowed: () => 'only people who may write to this repository can ask for this',
  notHere: () => 'it belongs into an open promotion pull request',
  noPullRequest: () => 'it belongs into a pull request',
  whichModel: (models: readonly string[]) =>
    models.length === 0
      ? 'no model is registered yet'
      : `name the model, as in "/promote ${models[0]}@1.4.0 production"; there are: ${models.slice(0, 20).join(', ')}`,
  whichEnvironment: () => 'name the environment, as in "/promote production"',
  allArchived: (model: string) => `every version of ${model} is archived`,
  othersCommits: (branch: string) =>
    `${branch} has commits that somebody pushed, which would be lost: close its pull request or take them away first`,
};

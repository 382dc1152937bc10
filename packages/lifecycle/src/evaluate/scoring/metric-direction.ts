/** Which way a metric is better. `closer-to-zero`: too high is as bad as too low. */
export type Direction = 'higher' | 'lower' | 'closer-to-zero';

const averages = /_(micro|macro|weighted)$/;

/** Means of right answers or the like: between 0 and 1, and a mean over rows has at least the noise of a share. */
const shares = new Set([
  ...['accuracy', 'balanced_accuracy', 'precision', 'recall', 'specificity', 'f1', 'f2', 'f0.5', 'jaccard'],
  ...['roc_auc', 'roc_auc_ovr', 'roc_auc_ovo', 'average_precision', 'pr_auc_trapezoid', 'ks_statistic'],
]);
const lossShares = new Set(['hamming_loss', 'zero_one_loss']);

const higher = new Set([
  ...['balanced_accuracy_adjusted', 'mcc', 'cohen_kappa', 'roc_auc_max_fpr_0.1', 'd2_brier', 'd2_absolute_error'],
  ...['r2', 'explained_variance', 'pearson_r', 'spearman_rho', 'kendall_tau_b'],
]);
const lower = new Set([
  ...['log_loss', 'brier', 'mae', 'mse', 'rmse', 'mape', 'median_ae', 'msle', 'rmsle', 'max_error'],
  ...['poisson_deviance', 'gamma_deviance'],
]);

const isTopK = (name: string) => /^top_\d+_accuracy$/.test(name);

/** Whether the metric lies between 0 and 1 and is a share of rows, or a mean that is at least as uncertain as one. */
export function isShare(name: string): boolean {
  return isTopK(name) || lossShares.has(name) || shares.has(name.replace(averages, ''));
}

/** null for names that are not ours, and for settings such as `youden_threshold`, which have no better side. */
export function directionOf(name: string): Direction | null {
  if (name === 'mean_error_pred_minus_true') return 'closer-to-zero';
  if (lossShares.has(name) || lower.has(name) || /^(ece|mce)_\d+$/.test(name) || /^pinball_0\.\d+$/.test(name))
    return 'lower';
  return isShare(name) || higher.has(name) || /^d2_pinball_0\.\d+$/.test(name) ? 'higher' : null;
}

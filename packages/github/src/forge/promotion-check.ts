/** The name of our check, as rules of repositories require it. */
export const promotionCheck = 'model-gitops/promotion';

export { type CheckoutRequest, openCheckout } from './open-checkout.ts';

/**
 * How the Levenberg-Marquardt damping rho goes from step to step: policies as state machines whose
 * events are a step accepted, rejected or invalid. They know no network.
 */
package io.github.sgn4j.damping;

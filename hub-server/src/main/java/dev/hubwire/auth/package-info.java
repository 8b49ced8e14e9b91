/** Authentication by signed tokens (JWT, RFC 7519). */
@NullMarked
package dev.hubwire.auth;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/credential.h"
#include "app/api/answer.h"
#include "app/base/result.h"

namespace vitrine::api {

/// The token that a token endpoint's \a answer brings (RFC 6749, section 5); it knows neither its
/// endpoint nor its client yet. Errors: SignInRequired (the code or token is over, or the client no
/// longer known), BadAnswer, Unavailable and the like.
Result<access::OAuthToken> tokenIn(Answer answer);

} // namespace vitrine::api

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apiclient.h"

namespace vitrine::session {

/// Whether the client's sign-in is good for the server that it has greeted as \a greeting: by the
/// owner's listing, or where there is none by an upload of nothing. Errors: SignInRequired if not,
/// those of ApiClient.
QFuture<Result<void>> provenSignIn(api::ApiClient& client, const api::Greeting& greeting);

} // namespace vitrine::session

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/proof.h"

#include "app/base/whendone.h"

namespace vitrine::session {

QFuture<Result<void>> provenSignIn(api::ApiClient& client, const api::Greeting& greeting)
{
    if (greeting.dialect != api::Dialect::Vitrine)
        return client.tryUpload();
    const auto page = client.images(api::View::Owner, {}, 1);
    return whenDone(&client, page, [](const Result<protocol::Page>& listed) -> Result<void> {
        return listed ? Result<void>() : failure(listed.error());
    });
}

} // namespace vitrine::session

// SPDX-License-Identifier: GPL-3.0-or-later
// How ApiClient finds out which dialect a server speaks.
#include "app/api/apiclient_p.h"

namespace vitrine::api {

QFuture<Result<Greeting>> ApiClient::greet()
{
    using protocol::Capabilities;
    return whenDone(this, capabilities(), [this](const Result<Capabilities>& told) {
        if (!told)
            return ready<Greeting>(told.error());
        return told->isStated ? readyFuture(speak({Dialect::Vitrine, *told})) : greetReference();
    });
}

// A page for people says nothing yet: some servers answer with one to whatever they do not know.
QFuture<Result<Greeting>> ApiClient::greetReference()
{
    return whenDone(this, isSetUp(), [this](const Result<bool>& told) {
        return told ? readyFuture(speak({.dialect = Dialect::Reference})) : greetArticle();
    });
}

QFuture<Result<Greeting>> ApiClient::greetArticle()
{
    using Page = Result<protocol::Page>;
    const auto asked = images(View::Guest, {}, 1);
    return whenDone(this, asked, [this](const Page& page) -> Result<Greeting> {
        if (!page && page.error().kind == ErrorKind::NotFound)
            return failure(ErrorKind::BadAnswer, QStringLiteral("no gallery answers there"));
        if (!page)
            return failure(page.error());
        Greeting greeting{.dialect = Dialect::Article};
        greeting.capabilities.features = {protocol::Capabilities::Feature::Delete};
        return speak(greeting);
    });
}

Result<Greeting> ApiClient::speak(const Greeting& greeting)
{
    d->greeting = greeting;
    d->isGreeted = true;
    return greeting;
}

} // namespace vitrine::api

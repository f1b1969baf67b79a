// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/http/message.h"
#include "app/base/error.h"

#include <QJsonObject>

namespace vitrine::backend {

/// JSON that is never cached.
http::Response jsonAnswer(const QJsonObject& object, int status = 200);
/// The same of a text that is JSON already.
http::Response jsonTextAnswer(QByteArray text);
/// The bare word `true`, as the platform answers.
http::Response trueAnswer();
/// application/problem+json with \a detail as the sentence for people.
http::Response problemAnswer(int status, const QString& detail);
/// What an Error of the store or of imaging is to a client.
http::Response problemAnswer(const Error& error);
/// For a picture whose variants are on their way.
http::Response notYetAnswer();
/// How Access says no.
http::Response accessDenied();
/// Whether somebody may pass could not be looked up: that is no reason to sign in again.
http::Response accessUnknown(const Error& error);

} // namespace vitrine::backend

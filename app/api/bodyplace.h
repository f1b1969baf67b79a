// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/answer.h"
#include "app/base/result.h"

namespace vitrine::api {

/// A body that is about to be written to a file, as the head of its answer tells of it.
struct BodyPlace {
    qint64 start = 0; ///< where in the file its first byte belongs
    qint64 total = 0; ///< bytes of the whole body; 0 while unknown
    QByteArray etag;  ///< by which it is known again; empty where the server gives no strong one
};

/// What was asked for of a body.
struct BodyAsked {
    qint64 from = 0; ///< the first byte of it
    QByteArray etag; ///< of the body that the bytes before are of; empty where there are none
};

/// Where the body of \a head belongs: a whole one at the start, the rest of one where it was asked
/// for. Pure: any thread.
/// Errors: Conflict (what was begun is not gone on with: begin anew), BadAnswer (words in place of
/// a file, a packed body), those of refusal().
Result<BodyPlace> placeOfBody(const Answer& head, const BodyAsked& asked = {});

} // namespace vitrine::api

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>

namespace vitrine::backend {

/// One kind of mistake that a server makes on purpose, and for which requests.
struct FaultRule {
    enum class Action {
        Delay, ///< holds the answer back; amount: milliseconds
        Drop,  ///< does its work, then ends the connection; amount: bytes of the answer's body
               ///< that are still sent, 0: not even the head
        DropRequest, ///< ends the connection before any work is done; amount: bytes of the
                     ///< request's body that are read first, a shorter one is none of its business
        Status,      ///< answers so without doing anything; amount: the status
        Truncate,    ///< cuts JSON in half, in an answer that is complete otherwise
        Expired      ///< answers as Access does when a session has ended
    };
    Action action = Action::Delay;
    qint64 amount = 0;
    int retryAfter = -1;    ///< seconds, with Status; -1: not told
    QByteArray path;        ///< empty: any; "/api/*": all that begin so
    QByteArray method;      ///< empty: any
    double probability = 1; ///< of each request that the rule is for
    int skip = 0;           ///< so many of them go well first
    int count = -1;         ///< then so many go wrong; -1: for ever

    bool isFor(const QByteArray& itsMethod, const QByteArray& itsPath) const;
};

/// Reads an action and what narrows it down, separated by commas, such as
/// "status=429,retry-after=5,path=/api/admin/*,method=POST,p=0.1,skip=2,count=3". Actions:
/// delay=MS, drop=BYTES, drop-request=BYTES, status=CODE, truncate, expired.
/// Errors: InvalidInput.
Result<FaultRule> parseFaultRule(const QString& text);

} // namespace vitrine::backend

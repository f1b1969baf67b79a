// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/sender.h"

#include "app/base/readyfuture.h"

namespace vitrine::transfer {
namespace {

using Outcome = Result<protocol::Image>;

QFuture<Outcome> upload(api::ApiClient& client, const Transfer& transfer, api::Progress progress)
{
    return client.upload({.file = transfer.spool,
                          .name = transfer.name,
                          .type = transfer.type,
                          .alt = transfer.alt,
                          .isPrivate = transfer.isPrivate,
                          .idempotencyKey = transfer.key,
                          .sha256 = transfer.sha256},
                         std::move(progress));
}

QFuture<Outcome> uploadUnlessThere(api::ApiClient& client, const Transfer& transfer,
                                   api::Progress progress)
{
    return client.uploadOutcome(transfer.key)
        .then(&client,
              [&client, transfer, progress](const Outcome& known) -> QFuture<Outcome> {
                  const bool unknown = !known && known.error().kind == ErrorKind::NotFound;
                  return unknown ? upload(client, transfer, progress) : readyFuture(known);
              })
        .unwrap();
}

QFuture<Outcome> remove(api::ApiClient& client, const Transfer& transfer)
{
    return client.remove(transfer.imageId)
        .then(&client, [id = transfer.imageId](const Result<void>& removed) -> Outcome {
            if (!removed)
                return failure(removed.error());
            protocol::Image gone;
            gone.id = id;
            return gone;
        });
}

} // namespace

QFuture<Outcome> send(api::ApiClient& client, const Transfer& transfer, bool mayHaveArrived,
                      api::Progress progress)
{
    switch (transfer.kind) {
    case Kind::Upload:
        return mayHaveArrived ? uploadUnlessThere(client, transfer, std::move(progress))
                              : upload(client, transfer, std::move(progress));
    case Kind::Edit:
        return client.patch(transfer.imageId, transfer.revision, transfer.patch);
    case Kind::Delete:
        return remove(client, transfer);
    case Kind::Download:
        break;
    }
    return readyFuture(
        Outcome(failure(ErrorKind::Internal, QStringLiteral("a download is not sent"))));
}

} // namespace vitrine::transfer

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/protocol/image.h"
#include "app/transfer/downloads.h"
#include "ui/window/takingback.h"

#include <QFuture>
#include <QObject>
#include <QStringList>

#include <memory>
#include <optional>

namespace vitrine::session {
class Session;
}

namespace vitrine::ui {

class AppSettings;
class NoticeStack;
class ShownModel;
class UndoOffer;

/// What a person does to the images of the gallery, be they shared or still on their way. Acts on
/// ids; those that are gone are skipped. Says by notices what came of it.
class GalleryActions final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this object; dialogs belong to \a window.
    GalleryActions(session::Session& session, const ShownModel& shown, AppSettings& settings,
                   NoticeStack& notices, QWidget& window);

    /// Gone at once, taken back by the notice's Undo.
    void remove(const QStringList& ids);
    /// Private at once; public once the undo time has passed, as what is shared.
    void setPrivate(const QStringList& ids, bool isPrivate);
    /// All become private, unless all are: then public.
    void togglePrivate(const QStringList& ids);
    void setAlt(const QStringList& ids, const QString& text);
    /// The high-res copies into the directory of last time; asks for one the first time.
    void download(const QStringList& ids);
    /// The same with the files as they were shared: their owner's alone.
    void downloadOriginals(const QStringList& ids);
    /// The high-res copies in one zip file, which the person names.
    void downloadZip(const QStringList& ids);
    void downloadZipTo(const QString& path, const QStringList& ids);

Q_SIGNALS:
    /// What was done to these images was taken back.
    void undone(const QStringList& ids);
    /// These had not left when they were deleted, and are wanted after all.
    void uploadsWantedAgain(const QList<vitrine::transfer::UploadOrder>& uploads);

private:
    using Copy = transfer::Downloads::Copy;

    void save(const QStringList& ids, Copy copy);
    void saveInto(const QString& directory, const QStringList& ids, Copy copy);
    QList<protocol::Image> shared(const QStringList& ids) const;
    QList<protocol::Image> editable(const QStringList& ids);
    QStringList takeBack(const QStringList& ids);
    void hide(const QStringList& ids);
    void publish(const QStringList& ids);
    void keepPrivate(const QStringList& ids);
    void edit(const QStringList& ids, const protocol::ImagePatch& patch);
    QStringList amendWaiting(const QStringList& ids, const protocol::ImagePatch& patch,
                             std::chrono::milliseconds undoTime = {});
    void editShared(const protocol::Image& image, const protocol::ImagePatch& patch);
    std::shared_ptr<UndoOffer> offerUndo(const QString& sentence, const QStringList& ids,
                                         const std::function<void()>& further = {});
    void include(const QFuture<Result<QString>>& enqueued, std::shared_ptr<UndoOffer> offer);
    void askForDirectory(const QStringList& ids, Copy copy);
    void tellSaved(const QString& directory, int saved, const std::optional<Error>& error);
    void tellOnItsWay();
    void tellError(const Error& error);

    session::Session& m_session;
    const ShownModel& m_shown;
    AppSettings& m_settings;
    NoticeStack& m_notices;
    QWidget& m_window;
    TakingBack m_takingBack;
};

} // namespace vitrine::ui

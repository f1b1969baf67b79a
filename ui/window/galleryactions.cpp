// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/galleryactions.h"

#include "app/base/messages.h"
#include "app/base/whendone.h"
#include "app/session/session.h"
#include "ui/gallery/shownmodel.h"
#include "ui/settings/appsettings.h"
#include "ui/window/guests.h"
#include "ui/window/noticestack.h"
#include "ui/window/undooffer.h"

#include <QDate>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

namespace vitrine::ui {

using namespace Qt::StringLiterals;
using protocol::Image;
using protocol::ImagePatch;
using transfer::Transfer;

namespace {

const QString kFailed = u"action"_s;
const QString kSaved = u"saved"_s;

} // namespace

GalleryActions::GalleryActions(session::Session& session, const ShownModel& shown,
                               AppSettings& settings, NoticeStack& notices, QWidget& window)
    : QObject(&window)
    , m_session(session)
    , m_shown(shown)
    , m_settings(settings)
    , m_notices(notices)
    , m_window(window)
    , m_takingBack(session.outbox(), notices, this)
{
    connect(&m_takingBack, &TakingBack::wantedAgain, this, &GalleryActions::uploadsWantedAgain);
}

QList<Image> GalleryActions::shared(const QStringList& ids) const
{
    QList<Image> found;
    for (const QString& id : ids) {
        if (const Image* image = m_session.gallery().model().find(id))
            found += *image;
    }
    return found;
}

/// Those that are shared; none, and why, where the gallery cannot change them.
QList<Image> GalleryActions::editable(const QStringList& ids)
{
    const QList<Image> images = shared(ids);
    const bool isRefused = !images.isEmpty() && refuses(abilitiesOf(m_session).noEdits, m_notices);
    return isRefused ? QList<Image>() : images;
}

void GalleryActions::remove(const QStringList& ids)
{
    if (refusesGuest(m_session, m_notices))
        return;
    const QList<Image> doomed = shared(takeBack(ids));
    if (doomed.isEmpty() || refuses(abilitiesOf(m_session).noDeleting, m_notices))
        return;
    const QString sentence = doomed.size() == 1
                                 ? tr("Deleted 1 image.")
                                 : tr("Deleted %n images.", nullptr, int(doomed.size()));
    const auto offer = offerUndo(sentence, ids);
    for (const Image& image : doomed)
        include(m_session.outbox().remove(image, m_settings.undoTime()), offer);
}

std::shared_ptr<UndoOffer> GalleryActions::offerUndo(const QString& sentence,
                                                     const QStringList& ids,
                                                     const std::function<void()>& further)
{
    const auto act = [this, ids, further](const QStringList&) {
        if (further)
            further();
        Q_EMIT undone(ids);
    };
    return std::make_shared<UndoOffer>(m_session.outbox(), m_notices, sentence,
                                       m_settings.undoTime(), act);
}

void GalleryActions::include(const QFuture<Result<QString>>& enqueued,
                             std::shared_ptr<UndoOffer> offer)
{
    whenDone(this, enqueued, [this, offer = std::move(offer)](const Result<QString>& key) {
        if (key)
            offer->include({*key});
        else
            tellError(key.error());
    });
}

/// What has not left yet needs no deleting. Gives the ids of the others.
QStringList GalleryActions::takeBack(const QStringList& ids)
{
    const transfer::Outbox& outbox = m_session.outbox();
    QStringList others;
    QStringList waiting;
    for (const QString& id : ids) {
        const transfer::Transfer* upload = outbox.find(id);
        if (!upload)
            others += id;
        else if (upload->state == transfer::State::Sending)
            tellOnItsWay();
        else
            waiting += id;
    }
    m_takingBack.takeBack(waiting);
    return others;
}

void GalleryActions::setPrivate(const QStringList& ids, bool isPrivate)
{
    if (refusesGuest(m_session, m_notices))
        return;
    if (isPrivate)
        hide(ids);
    else
        publish(ids);
}

void GalleryActions::hide(const QStringList& ids)
{
    ImagePatch patch;
    patch.isPrivate = true;
    keepPrivate(ids);
    amendWaiting(ids, patch);
    QList<QFuture<Result<QString>>> edits;
    for (const Image& image : editable(ids))
        edits += m_session.outbox().edit(image, patch);
    if (edits.isEmpty())
        return;
    using Edits = QList<QFuture<Result<QString>>>;
    const auto all = QtFuture::whenAll(edits.begin(), edits.end());
    whenDone(this, all, [this, ids](const Edits& done) {
        keepPrivate(ids); // publishing them may have reached the outbox only now
        for (const auto& edit : done) {
            if (edit.resultCount() > 0 && !edit.result())
                tellError(edit.result().error());
        }
    });
}

void GalleryActions::publish(const QStringList& ids)
{
    ImagePatch patch;
    patch.isPrivate = false;
    const QStringList waiting = amendWaiting(ids, patch, m_settings.undoTime());
    const QList<Image> images = editable(ids);
    const int count = int(images.size() + waiting.size());
    if (count == 0)
        return;
    const QString sentence = count == 1
                                 ? tr("1 image is about to become public.")
                                 : tr("%n images are about to become public.", nullptr, count);
    const auto offer = offerUndo(sentence, ids, [this, waiting] {
        ImagePatch hide;
        hide.isPrivate = true;
        amendWaiting(waiting, hide);
    });
    for (const Image& image : images)
        include(m_session.outbox().edit(image, patch, m_settings.undoTime()), offer);
}

/// What would make them public and has not left yet does not leave, and holds up nothing.
void GalleryActions::keepPrivate(const QStringList& ids)
{
    transfer::Outbox& outbox = m_session.outbox();
    const QSet<QString> images(ids.begin(), ids.end());
    QStringList keys;
    for (const Transfer& transfer : outbox.transfers()) {
        const bool publishes = transfer.kind == transfer::Kind::Edit &&
                               transfer.state == transfer::State::Waiting &&
                               transfer.patch.isPrivate == false && !transfer.patch.alt;
        if (publishes && images.contains(transfer.imageId))
            keys += transfer.key;
    }
    for (const QString& key : std::as_const(keys))
        outbox.cancel(key);
}

void GalleryActions::togglePrivate(const QStringList& ids)
{
    const QList<Image> chosen = m_shown.images(ids);
    const bool areAllPrivate = std::all_of(chosen.begin(), chosen.end(),
                                           [](const Image& image) { return image.isPrivate; });
    setPrivate(ids, !areAllPrivate);
}

void GalleryActions::setAlt(const QStringList& ids, const QString& text)
{
    ImagePatch patch;
    patch.alt = text;
    edit(ids, patch);
}

void GalleryActions::edit(const QStringList& ids, const ImagePatch& patch)
{
    if (refusesGuest(m_session, m_notices))
        return;
    amendWaiting(ids, patch);
    for (const Image& image : editable(ids))
        editShared(image, patch);
}

/// Gives the ids of those that it changed before they have left.
QStringList GalleryActions::amendWaiting(const QStringList& ids, const ImagePatch& patch,
                                         std::chrono::milliseconds undoTime)
{
    transfer::Outbox& outbox = m_session.outbox();
    QStringList amended;
    for (const QString& id : ids) {
        const Transfer* transfer = outbox.find(id);
        if (!transfer)
            continue;
        if (outbox.amend(id, patch, undoTime))
            amended += id;
        else if (transfer->state == transfer::State::Done && transfer->item) // while it was written
            editShared(*transfer->item, patch);
        else if (transfer->state != transfer::State::Cancelled)
            tellOnItsWay();
    }
    return amended;
}

void GalleryActions::editShared(const Image& image, const ImagePatch& patch)
{
    whenDone(this, m_session.outbox().edit(image, patch), [this](const Result<QString>& key) {
        if (!key)
            tellError(key.error());
    });
}

void GalleryActions::download(const QStringList& ids)
{
    save(ids, Copy::Highres);
}

void GalleryActions::downloadOriginals(const QStringList& ids)
{
    if (refusesGuest(m_session, m_notices) || refuses(abilitiesOf(m_session).noOriginal, m_notices))
        return;
    save(ids, Copy::Original);
}

void GalleryActions::save(const QStringList& ids, Copy copy)
{
    const QString directory = m_settings.downloadDirectory();
    if (directory.isEmpty() || !QDir(directory).exists())
        askForDirectory(ids, copy);
    else
        saveInto(directory, ids, copy);
}

void GalleryActions::askForDirectory(const QStringList& ids, Copy copy)
{
    auto* dialog = new QFileDialog(&m_window, tr("Where to save"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setLabelText(QFileDialog::Accept, tr("Save here"));
    dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::PicturesLocation));
    connect(dialog, &QFileDialog::fileSelected, this, [this, ids, copy](const QString& directory) {
        m_settings.setDownloadDirectory(directory);
        saveInto(directory, ids, copy);
    });
    dialog->open();
}

void GalleryActions::saveInto(const QString& directory, const QStringList& ids, Copy copy)
{
    QList<QFuture<Result<QString>>> saves;
    for (const Image& image : shared(ids))
        saves += m_session.downloads().saveInto(directory, image, copy);
    if (saves.isEmpty())
        return;
    using Saves = QList<QFuture<Result<QString>>>;
    const auto all = QtFuture::whenAll(saves.begin(), saves.end());
    whenDone(this, all, [this, directory](const Saves& done) {
        int saved = 0;
        std::optional<Error> error;
        for (const auto& save : done) {
            if (save.resultCount() == 0)
                continue; // cancelled: the program is closing
            const Result<QString> path = save.result();
            if (path)
                ++saved;
            else if (path.error().kind != ErrorKind::Cancelled)
                error = path.error();
        }
        tellSaved(directory, saved, error);
    });
}

void GalleryActions::downloadZip(const QStringList& ids)
{
    const QString directory = m_settings.downloadDirectory();
    auto* dialog = new QFileDialog(&m_window, tr("Save as zip"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"zip"_s);
    dialog->setNameFilter(tr("Zip files (*.zip)"));
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // nothing is ever replaced
    dialog->setDirectory(directory.isEmpty()
                             ? QStandardPaths::writableLocation(QStandardPaths::PicturesLocation)
                             : directory);
    dialog->selectFile(tr("Pictures %1.zip").arg(QDate::currentDate().toString(Qt::ISODate)));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, ids](const QString& path) { downloadZipTo(path, ids); });
    dialog->open();
}

void GalleryActions::downloadZipTo(const QString& path, const QStringList& ids)
{
    const QList<Image> images = shared(ids);
    if (images.isEmpty())
        return;
    const QFileInfo file(path);
    const auto saved =
        m_session.downloads().saveZip(file.absolutePath(), file.fileName(), images, Copy::Highres);
    whenDone(this, saved, [this](const Result<QString>& zip) {
        if (zip)
            tellSaved(QFileInfo(*zip).absolutePath(), 1, {});
        else if (zip.error().kind != ErrorKind::Cancelled)
            tellError(zip.error());
    });
}

void GalleryActions::tellSaved(const QString& directory, int saved,
                               const std::optional<Error>& error)
{
    if (error)
        tellError(*error);
    if (saved == 0)
        return;
    const QString place = QDir::toNativeSeparators(directory);
    const QString sentence = saved == 1 ? tr("Saved to %1.").arg(place)
                                        : tr("Saved %n images to %1.", nullptr, saved).arg(place);
    m_notices.tellFor(NoticeStack::kShortTime, kSaved,
                      {.sentence = sentence, .action = tr("Show"), .act = [directory] {
                           QDesktopServices::openUrl(QUrl::fromLocalFile(directory));
                       }});
}

void GalleryActions::tellOnItsWay()
{
    m_notices.tellFor(NoticeStack::kShortTime, kFailed,
                      {.sentence = tr("It is on its way just now. Do this once it is there.")});
}

void GalleryActions::tellError(const Error& error)
{
    m_notices.tell(kFailed, {.level = NoticeBar::Level::Error, .sentence = messageFor(error)});
}

} // namespace vitrine::ui

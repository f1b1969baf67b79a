// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/galleryactions.h"

#include "app/base/messages.h"
#include "app/session/session.h"
#include "ui/settings/appsettings.h"
#include "ui/window/noticestack.h"
#include "ui/window/undooffer.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QStandardPaths>

#include <algorithm>

namespace vitrine::ui {

using namespace Qt::StringLiterals;
using protocol::Image;
using protocol::ImagePatch;

namespace {

const QString kFailed = u"action"_s;
const QString kSaved = u"saved"_s;
constexpr std::chrono::seconds kSavedTime(8);

} // namespace

GalleryActions::GalleryActions(session::Session& session, AppSettings& settings,
                               NoticeStack& notices, QWidget& window)
    : QObject(&window)
    , m_session(session)
    , m_settings(settings)
    , m_notices(notices)
    , m_window(window)
{}

QList<Image> GalleryActions::images(const QStringList& ids) const
{
    QList<Image> found;
    for (const QString& id : ids) {
        if (const Image* image = m_session.gallery().model().find(id))
            found += *image;
    }
    return found;
}

void GalleryActions::remove(const QStringList& ids)
{
    const QList<Image> doomed = images(ids);
    if (doomed.isEmpty())
        return;
    const auto undoTime = m_settings.undoTime();
    const QString sentence = doomed.size() == 1
                                 ? tr("Deleted 1 image.")
                                 : tr("Deleted %n images.", nullptr, int(doomed.size()));
    const auto offer =
        std::make_shared<UndoOffer>(m_session.outbox(), m_notices, sentence, undoTime);
    for (const Image& image : doomed) {
        m_session.outbox()
            .remove(image, undoTime)
            .then(this, [this, offer](const Result<QString>& key) {
                if (key)
                    offer->include({*key});
                else
                    tellError(key.error());
            });
    }
}

void GalleryActions::setPrivate(const QStringList& ids, bool isPrivate)
{
    ImagePatch patch;
    patch.isPrivate = isPrivate;
    edit(images(ids), patch);
}

void GalleryActions::togglePrivate(const QStringList& ids)
{
    const QList<Image> chosen = images(ids);
    const bool areAllPrivate = std::all_of(chosen.begin(), chosen.end(),
                                           [](const Image& image) { return image.isPrivate; });
    setPrivate(ids, !areAllPrivate);
}

void GalleryActions::setAlt(const QStringList& ids, const QString& text)
{
    ImagePatch patch;
    patch.alt = text;
    edit(images(ids), patch);
}

void GalleryActions::edit(const QList<Image>& images, const ImagePatch& patch)
{
    for (const Image& image : images) {
        m_session.outbox().edit(image, patch).then(this, [this](const Result<QString>& key) {
            if (!key)
                tellError(key.error());
        });
    }
}

void GalleryActions::download(const QStringList& ids)
{
    const QString directory = m_settings.downloadDirectory();
    if (directory.isEmpty() || !QDir(directory).exists())
        askForDirectory(ids);
    else
        downloadInto(directory, ids);
}

void GalleryActions::askForDirectory(const QStringList& ids)
{
    auto* dialog = new QFileDialog(&m_window, tr("Where to save"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setLabelText(QFileDialog::Accept, tr("Save here"));
    dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::PicturesLocation));
    connect(dialog, &QFileDialog::fileSelected, this, [this, ids](const QString& directory) {
        m_settings.setDownloadDirectory(directory);
        downloadInto(directory, ids);
    });
    dialog->open();
}

void GalleryActions::downloadInto(const QString& directory, const QStringList& ids)
{
    QList<QFuture<Result<QString>>> saves;
    for (const Image& image : images(ids))
        saves +=
            m_session.downloads().saveInto(directory, image, transfer::Downloads::Copy::Highres);
    if (saves.isEmpty())
        return;
    using Saves = QList<QFuture<Result<QString>>>;
    QtFuture::whenAll(saves.begin(), saves.end()).then(this, [this, directory](const Saves& done) {
        int saved = 0;
        std::optional<Error> error;
        for (const auto& save : done) {
            if (save.resultCount() == 0)
                continue; // cancelled: the program is closing
            const Result<QString> path = save.result();
            if (path)
                ++saved;
            else
                error = path.error();
        }
        tellSaved(directory, saved, error);
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
    m_notices.tellFor(kSavedTime, kSaved,
                      {.sentence = sentence, .action = tr("Show"), .act = [directory] {
                           QDesktopServices::openUrl(QUrl::fromLocalFile(directory));
                       }});
}

void GalleryActions::tellError(const Error& error)
{
    m_notices.tell(kFailed, {.level = NoticeBar::Level::Error, .sentence = messageFor(error)});
}

} // namespace vitrine::ui

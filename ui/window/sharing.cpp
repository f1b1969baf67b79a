// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/sharing.h"

#include "app/base/messages.h"
#include "app/base/whendone.h"
#include "app/session/session.h"
#include "ui/settings/appsettings.h"
#include "ui/window/guests.h"
#include "ui/window/incoming.h"
#include "ui/window/noticestack.h"
#include "ui/window/undooffer.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLocale>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QStandardPaths>

namespace vitrine::ui {

using namespace Qt::StringLiterals;
using transfer::StagingModel;
using transfer::Transfer;
using transfer::UploadOrder;

namespace {

const QString kSharing = u"sharing"_s;
const QString kAside = u"aside"_s;
constexpr std::chrono::minutes kAsideTime(2);
constexpr int kNamesTold = 3;

} // namespace

Sharing::Sharing(session::Session& session, AppSettings& settings, NoticeStack& notices,
                 QWidget& window)
    : QObject(&window)
    , m_session(session)
    , m_settings(settings)
    , m_notices(notices)
    , m_window(window)
{
    m_asideTime.setSingleShot(true);
    m_asideTime.setInterval(kAsideTime);
    connect(&m_asideTime, &QTimer::timeout, this, &Sharing::forgetAside);
    connect(&session.staging(), &StagingModel::alreadyHere, this, [this](int count) {
        m_notices.tellFor(NoticeStack::kShortTime, kSharing,
                          {.sentence = count == 1
                                           ? tr("1 picture is here already.")
                                           : tr("%n pictures are here already.", nullptr, count)});
    });
    connect(&session.staging(), &StagingModel::alreadyHere, this, &Sharing::noteStaged);
    connect(&session.staging(), &StagingModel::rowsInserted, this, &Sharing::noteStaged);
    connect(&session.staging(), &StagingModel::rowsRemoved, this, &Sharing::settleProposals);
}

void Sharing::take(const Incoming& incoming)
{
    if (incoming.isEmpty())
        return;
    if (refusesGuest(m_session, m_notices))
        return;
    if (incoming.paths.isEmpty())
        m_session.staging().addImage(incoming.image);
    else
        m_session.staging().addPaths(incoming.paths);
    Q_EMIT staged();
}

void Sharing::takePaths(const QStringList& paths)
{
    take({paths, {}});
}

void Sharing::takeProposals()
{
    if (refusesGuest(m_session, m_notices))
        return;
    const QStringList paths = m_session.watcher().takeProposals();
    for (const QString& path : paths)
        m_proposals.insert(path, false);
    takePaths(paths);
}

// They are looked for on a pool first.
void Sharing::noteStaged()
{
    for (auto proposal = m_proposals.begin(); proposal != m_proposals.end(); ++proposal)
        *proposal = *proposal || m_session.staging().has(proposal.key());
}

void Sharing::settleProposals()
{
    QStringList settled;
    m_proposals.removeIf([&](QHash<QString, bool>::iterator proposal) {
        const bool isOver = *proposal && !m_session.staging().has(proposal.key());
        if (isOver)
            settled += proposal.key();
        return isOver;
    });
    if (!settled.isEmpty())
        m_session.watcher().settleProposals(settled);
}

void Sharing::paste()
{
    const QMimeData* data = QGuiApplication::clipboard()->mimeData();
    if (data && carriesImages(*data)) {
        take(incomingFrom(*data));
        return;
    }
    m_notices.tellFor(NoticeStack::kShortTime, kSharing,
                      {.sentence = tr("There is no picture in the clipboard. Copy one first.")});
}

void Sharing::chooseFiles()
{
    if (refusesGuest(m_session, m_notices))
        return;
    auto* dialog = new QFileDialog(&m_window, tr("Choose pictures to share"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters(
        {tr("Pictures (*.jpg *.jpeg *.png *.gif *.webp *.tif *.tiff *.bmp *.heic *.avif)"),
         tr("All files (*)")});
    dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::PicturesLocation));
    connect(dialog, &QFileDialog::filesSelected, this, &Sharing::takePaths);
    dialog->open();
}

void Sharing::share()
{
    const QList<UploadOrder> orders = m_session.staging().orders(m_settings.undoTime());
    if (orders.isEmpty() || std::exchange(m_isSharing, true))
        return;
    const QStringList leftBehind = namesLeftBehind();
    const quint64 newest = m_session.staging().newest();
    const auto enqueued = m_session.outbox().share(orders);
    whenDone(this, enqueued, [=, this](const Result<QStringList>& keys) {
        m_isSharing = false;
        if (!keys) {
            m_notices.tell(
                kSharing, {.level = NoticeBar::Level::Error, .sentence = messageFor(keys.error())});
            return;
        }
        carryOver(orders, *keys);
        m_session.staging().handOver(orders, newest);
        settleProposals();
        offerUndo(orders, *keys);
        tellLeftBehind(leftBehind);
        Q_EMIT finished();
    });
}

/// What was said of them while the outbox wrote them down.
void Sharing::carryOver(const QList<UploadOrder>& orders, const QStringList& keys)
{
    transfer::Outbox& outbox = m_session.outbox();
    const QHash<QString, transfer::Words> now = m_session.staging().words();
    for (qsizetype i = 0; i < orders.size(); ++i) {
        const auto words = now.constFind(orders[i].source);
        if (words == now.cend()) // dismissed
            outbox.cancel(keys[i]);
        else if (*words != transfer::Words{orders[i].alt, orders[i].isPrivate})
            outbox.amend(keys[i], {.alt = words->alt, .isPrivate = words->isPrivate},
                         m_settings.undoTime());
    }
}

void Sharing::offerUndo(const QList<UploadOrder>& orders, const QStringList& keys)
{
    QStringList held;
    for (qsizetype i = 0; i < orders.size(); ++i) {
        if (orders[i].undoTime.count() > 0)
            held += keys[i];
    }
    if (held.isEmpty())
        return;
    const int count = int(held.size());
    UndoOffer offer(m_session.outbox(), m_notices,
                    count == 1 ? tr("1 image is about to leave.")
                               : tr("%n images are about to leave.", nullptr, count),
                    m_settings.undoTime(),
                    [this](const QStringList& undone) { undoSharing(undone); });
    offer.include(held);
}

/// In the order in which they were shared.
void Sharing::undoSharing(const QStringList& keys)
{
    const QSet<QString> undone(keys.begin(), keys.end());
    QList<UploadOrder> orders;
    for (const Transfer& transfer : m_session.outbox().transfers()) {
        if (undone.contains(transfer.key))
            orders += orderOf(transfer);
    }
    stageAgain(orders);
}

void Sharing::stageAgain(const QList<UploadOrder>& orders)
{
    m_session.staging().takeBack(orders);
    if (!orders.isEmpty())
        Q_EMIT staged();
}

void Sharing::tellLeftBehind(const QStringList& leftBehind)
{
    if (!leftBehind.isEmpty()) {
        const QStringList told = leftBehind.first(qMin(leftBehind.size(), kNamesTold));
        const QString names = QLocale().createSeparatedList(told);
        m_notices.tell(kSharing, {.level = NoticeBar::Level::Warning,
                                  .sentence = leftBehind.size() > told.size()
                                                  ? tr("Not shared: %1 and others.").arg(names)
                                                  : tr("Not shared: %1.").arg(names)});
    }
}

QStringList Sharing::namesLeftBehind() const
{
    QStringList names;
    const StagingModel& staging = m_session.staging();
    for (int row = 0; row < staging.rowCount(); ++row) {
        const QModelIndex index = staging.index(row);
        if (!index.data(StagingModel::IsSendableRole).toBool())
            names += index.data(StagingModel::NameRole).toString();
    }
    return names;
}

void Sharing::cancel()
{
    if (m_isSharing)
        return;
    if (!m_session.staging().isEmpty())
        putAside();
    Q_EMIT finished();
}

void Sharing::putAside()
{
    const int count = m_session.staging().putAside();
    m_notices.tell(kAside,
                   {.sentence = count == 1 ? tr("1 picture was put aside.")
                                           : tr("%n pictures were put aside.", nullptr, count),
                    .action = tr("Undo"),
                    .act =
                        [this] {
                            m_asideTime.stop();
                            m_session.staging().bringBack();
                            Q_EMIT staged();
                        },
                    .closed = [this] { forgetAside(); },
                    .isUndo = true});
    m_asideTime.start();
}

void Sharing::forgetAside()
{
    m_asideTime.stop();
    m_notices.clear(kAside);
    m_session.staging().forgetAside();
    settleProposals();
}

bool Sharing::mayClose()
{
    if (m_session.staging().isEmpty() || m_isSharing) // what the outbox was given it keeps
        return true;
    if (!m_question)
        askBeforeClosing();
    return false;
}

void Sharing::askBeforeClosing()
{
    const int count = m_session.staging().rowCount();
    m_question = new QMessageBox(&m_window);
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    m_question->setIcon(QMessageBox::Question);
    m_question->setText(count == 1 ? tr("1 picture is not shared yet.")
                                   : tr("%n pictures are not shared yet.", nullptr, count));
    m_question->setInformativeText(
        tr("Once Vitrine is closed, you would have to choose and describe them again."));
    auto* close = m_question->addButton(tr("Close all the same"), QMessageBox::DestructiveRole);
    auto* stay = m_question->addButton(tr("Keep it open"), QMessageBox::RejectRole);
    m_question->setDefaultButton(stay);
    m_question->setEscapeButton(stay);
    connect(close, &QPushButton::clicked, this, [this] {
        m_session.staging().clear();
        Q_EMIT closingAgreed();
    });
    m_question->open();
}

} // namespace vitrine::ui

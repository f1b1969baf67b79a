// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/viewer.h"

#include "app/base/messages.h"
#include "app/gallery/gallerymodel.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/theme.h"
#include "ui/gallery/shownroles.h"
#include "ui/viewer/filmstrip.h"
#include "ui/viewer/picturecanvas.h"
#include "ui/viewer/viewerbar.h"

#include <QAbstractItemModel>
#include <QFile>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace vitrine::ui {

using namespace Qt::StringLiterals;
using Role = gallery::GalleryModel::Role;
using gallery::PreviewKey;
using gallery::PreviewVariant;

namespace {

constexpr int kNeighbours = 8; // previews wanted on each side

QString styleSheetText()
{
    QFile file(u":/styles/viewer.qss"_s);
    return file.open(QFile::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

Viewer::Viewer(FullSize::Load load, QWidget* parent)
    : QWidget(parent), m_fullSize(new FullSize(std::move(load), this))
{
    setObjectName("viewer"_L1);
    setAttribute(Qt::WA_StyledBackground);
    setFocusPolicy(Qt::StrongFocus);
    build();
    connectBar();
    connect(m_fullSize, &FullSize::arrived, this, &Viewer::showFullSize);
    connect(m_fullSize, &FullSize::failed, this, [this](const Error& error) {
        const QString advice = error.kind == ErrorKind::Unsupported
                                   ? tr("Download it to see it larger.")
                                   : messageFor(error);
        m_notice->setText(tr("This is the small preview. %1").arg(advice));
        m_notice->show();
    });
    setStyleSheet(styleSheetText());
}

Viewer::~Viewer() = default;

void Viewer::build()
{
    m_bar = new ViewerBar(this);
    m_canvas = new PictureCanvas(this);
    m_notice = new QLabel(this);
    m_notice->setTextFormat(Qt::PlainText);
    m_notice->setAlignment(Qt::AlignCenter);
    m_notice->setWordWrap(true);
    setStyleRole(*m_notice, "muted");
    m_notice->hide();
    // Always one line, so that the picture keeps its place; the details have all of the text.
    m_alt = new ElidedLabel(this);
    m_alt->setElideMode(Qt::ElideRight);
    m_strip = new FilmStrip(this);

    auto* bottom = new QVBoxLayout;
    bottom->setContentsMargins(spacing::Large, spacing::Small, spacing::Large, spacing::Medium);
    bottom->setSpacing(spacing::Small);
    bottom->addWidget(m_notice);
    bottom->addWidget(m_alt);
    bottom->addWidget(m_strip);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_canvas, 1);
    layout->addLayout(bottom);

    connect(m_strip, &FilmStrip::clicked, this, &Viewer::showImage);
    connect(m_canvas, &PictureCanvas::doubleClicked, this, &Viewer::closed);
}

void Viewer::connectBar()
{
    connect(m_bar, &ViewerBar::backClicked, this, &Viewer::closed);
    connect(m_bar, &ViewerBar::privateClicked, this, &Viewer::togglePrivate);
    connect(m_bar, &ViewerBar::asOthersClicked, this, [this] { setAsOthers(!m_asOthers); });
    connect(m_bar, &ViewerBar::downloadClicked, this,
            [this] { Q_EMIT downloadRequested(currentIds()); });
    connect(m_bar, &ViewerBar::deleteClicked, this,
            [this] { Q_EMIT deleteRequested(currentIds()); });
    connect(m_bar, &ViewerBar::infoClicked, this, &Viewer::infoRequested);
}

// --- what it is told

void Viewer::setModel(QAbstractItemModel* model)
{
    if (m_model != nullptr)
        disconnect(m_model, nullptr, this, nullptr);
    clear();
    m_model = model;
    if (model == nullptr)
        return;
    connect(model, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex& first, const QModelIndex& last) {
                m_strip->update();
                if (m_current.row() >= first.row() && m_current.row() <= last.row())
                    showCurrent();
            });
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(model, signal, this, &Viewer::modelChanged);
    connect(model, &QAbstractItemModel::layoutChanged, this, &Viewer::modelChanged);
    connect(model, &QAbstractItemModel::modelReset, this, &Viewer::modelChanged);
}

void Viewer::showImage(const QModelIndex& index)
{
    if (!index.isValid())
        return;
    m_current = index;
    m_row = index.row();
    m_id = index.data(Role::IdRole).toString();
    m_notice->hide();
    m_canvas->fit();
    m_strip->setCurrent(index);
    showCurrent();
    announceWanted();
    Q_EMIT currentChanged(index);
}

void Viewer::clear()
{
    m_fullSize->wantNothing();
    m_current = QPersistentModelIndex();
    m_row = -1;
    m_id.clear();
    m_fullSizeOf.clear();
    m_canvas->setPicture({}, {}, false);
    m_strip->setCurrent({});
}

void Viewer::setHidePrivate(bool hide)
{
    m_hidePrivate = hide;
    m_strip->setHidePrivate(hide);
    if (m_current.isValid()) {
        showCurrent();
        announceWanted();
    }
}

void Viewer::setAbilities(const Abilities& abilities)
{
    m_abilities = abilities;
    if (m_current.isValid())
        showCurrent();
}

void Viewer::setAsOthers(bool asOthers)
{
    m_asOthers = asOthers;
    if (m_current.isValid()) {
        showCurrent();
        announceWanted();
    }
}

void Viewer::showNext()
{
    go(1);
}

void Viewer::showPrevious()
{
    go(-1);
}

void Viewer::go(int step)
{
    if (m_model != nullptr && m_current.isValid())
        showImage(m_model->index(m_current.row() + step, 0));
}

void Viewer::togglePrivate()
{
    showCurrent(); // the button shows what is, not what is wished
    if (m_current.isValid() && abilities().noEdits.isEmpty())
        Q_EMIT privacyToggled(currentIds(), !image().isPrivate);
}

/// Rows came or went: the picture stays, and where it is gone its neighbour takes its place.
void Viewer::modelChanged()
{
    if (m_id.isEmpty())
        return;
    if (!m_current.isValid()) {
        const auto same = m_model->match(m_model->index(0, 0), Role::IdRole, m_id, 1,
                                         Qt::MatchExactly | Qt::MatchCaseSensitive);
        const int last = m_model->rowCount() - 1;
        if (last < 0) {
            clear();
            Q_EMIT closed();
            return;
        }
        showImage(same.isEmpty() ? m_model->index(std::min(m_row, last), 0) : same.first());
        return;
    }
    m_row = m_current.row();
    m_strip->update();
    showCurrent();
}

// --- what it shows

protocol::Image Viewer::image() const
{
    return m_current.data(Role::ImageRole).value<protocol::Image>();
}

QStringList Viewer::currentIds() const
{
    return {m_current.data(Role::IdRole).toString()};
}

// Of the current one: what waits to be sent is no server's yet.
Abilities Viewer::abilities() const
{
    return isPendingUpload(m_current.data(UnsentRole).value<Unsent>()) ? Abilities() : m_abilities;
}

bool Viewer::isFrosted() const
{
    return (m_hidePrivate || m_asOthers) && m_current.data(Role::IsPrivateRole).toBool();
}

void Viewer::showCurrent()
{
    const protocol::Image shown = image();
    const bool frosted = isFrosted();
    ViewerBar::State state;
    state.name = frosted ? tr("Private image") : shown.name;
    state.number = m_current.row() + 1;
    state.total = m_model->rowCount();
    state.isPrivate = shown.isPrivate;
    state.asOthers = m_asOthers;
    state.abilities = abilities();
    m_bar->setState(state);
    m_alt->setText(frosted ? tr("Others see neither name nor alt text.") : shown.alt);
    setAccessibleName(frosted || shown.alt.isEmpty() ? state.name : shown.alt);
    if (frosted || m_fullSizeOf != shown.id)
        showPreview();
    if (!frosted)
        m_fullSize->want(shown);
}

void Viewer::showPreview()
{
    const bool frosted = isFrosted();
    m_fullSizeOf.clear();
    if (frosted)
        m_fullSize->wantNothing();
    auto preview =
        m_current.data(frosted ? Role::BlurredPreviewRole : Role::SharpPreviewRole).value<QImage>();
    if (preview.isNull())
        preview = m_current.data(Role::PlaceholderRole).value<QImage>();
    m_canvas->setPicture(preview, image().size, frosted);
}

void Viewer::showFullSize(const QImage& picture)
{
    if (!m_current.isValid())
        return;
    m_fullSizeOf = m_id;
    const QSize known = image().size;
    m_canvas->setPicture(picture, known.isEmpty() ? picture.size() : known, false);
}

void Viewer::announceWanted()
{
    const auto key = [this](int row) {
        const QModelIndex index = m_model->index(row, 0);
        const bool isPrivate = index.data(Role::IsPrivateRole).toBool();
        const bool frosted = isPrivate && (m_hidePrivate || (m_asOthers && row == m_row));
        return PreviewKey{index.data(Role::IdRole).toString(),
                          frosted ? PreviewVariant::Blurred : PreviewVariant::Sharp};
    };
    QList<PreviewKey> wanted{key(m_row)};
    for (int distance = 1; distance <= kNeighbours; ++distance) {
        if (m_row + distance < m_model->rowCount())
            wanted.append(key(m_row + distance));
        if (m_row - distance >= 0)
            wanted.append(key(m_row - distance));
    }
    Q_EMIT wantedChanged(wanted);
}

void Viewer::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    setFocus(Qt::OtherFocusReason);
}

} // namespace vitrine::ui

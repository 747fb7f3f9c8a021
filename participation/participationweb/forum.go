package participationweb

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gurindam/gurindam/internal/account"
	"github.com/gurindam/gurindam/internal/fault"
	"github.com/gurindam/gurindam/internal/i18n"
	"github.com/gurindam/gurindam/internal/web"
	"github.com/gurindam/gurindam/internal/web/ui"
	"github.com/gurindam/gurindam/participation"
	"github.com/gurindam/gurindam/participation/forum"
)

func (h *pages) forumRoutes() []web.Route {
	const public, answer, moderate = account.ActPublic, account.ActForumAnswer, account.ActForumModerate
	return []web.Route{
		{Pattern: "GET /forum", Action: public, Handle: h.topics},
		{Pattern: "GET /forum/masuk", Action: public, Handle: h.enterForm},
		{Pattern: "POST /forum/masuk", Action: public, Handle: h.enter, MaxBody: maxForm},
		{Pattern: "POST /forum/daftar", Action: public, Handle: h.joinForum, MaxBody: maxForm},
		{Pattern: "POST /forum/keluar", Action: public, Handle: h.leave, MaxBody: maxForm},
		{Pattern: "GET /forum/baru", Action: public, Handle: h.newTopic},
		{Pattern: "POST /forum/baru", Action: public, Handle: h.createTopic, MaxBody: maxForm},
		{Pattern: "GET /forum/moderasi", Action: moderate, Handle: h.moderation},
		{Pattern: "POST /forum/moderasi", Action: moderate, Handle: h.decide},
		{Pattern: "GET /forum/topik/{topic}", Action: public, Handle: h.topic},
		{Pattern: "POST /forum/topik/{topic}/tanggapan", Action: public, Handle: h.say, MaxBody: maxForm},
		{Pattern: "POST /forum/topik/{topic}/dukung", Action: public, Handle: h.support, MaxBody: maxForm},
		{Pattern: "POST /forum/topik/{topic}/ikuti", Action: public, Handle: h.follow, MaxBody: maxForm},
		{Pattern: "POST /forum/topik/{topic}/lapor", Action: public, Handle: h.flag, MaxBody: maxForm},
		{Pattern: "POST /forum/topik/{topic}/banding", Action: public, Handle: h.object, MaxBody: maxForm},
		{Pattern: "POST /forum/topik/{topic}/jawab", Action: answer, Handle: h.reply},
		{Pattern: "POST /forum/topik/{topic}/tahap", Action: answer, Handle: h.phase},
	}
}

// memberCookie carries a citizen's code on this device, on the forum only.
const memberCookie = "gurindam_warga"

// member is who the cookie says, nobody when it says nothing valid.
func (h *pages) member(q *web.Request) (forum.Member, error) {
	c, err := q.R.Cookie(memberCookie)
	if err != nil || c.Value == "" {
		return forum.Member{}, nil
	}
	m, err := h.Forum.Enter(q.Context(), c.Value)
	if fault.Is(err, fault.Forbidden) {
		return forum.Member{}, nil
	}
	return m, err
}

func (h *pages) setMember(q *web.Request, code string, age time.Duration) {
	http.SetCookie(q.W, &http.Cookie{
		Name: memberCookie, Value: code, Path: "/forum", HttpOnly: true, Secure: strings.HasPrefix(h.Site, "https://"),
		SameSite: http.SameSiteLaxMode, MaxAge: int(age.Seconds()),
	})
}

// topicsPage lists what is talked about.
type topicsPage struct {
	P      *i18n.Printer
	Name   string
	At     ui.Address
	Member forum.Member
	Rows   []topicLine
	MayAsk bool
	MayMod bool
}

type topicLine struct {
	To, Title, Unit, By, Phase, Posts, Votes, Last string
	Answered, Late                                 bool
}

func (h *pages) topics(q *web.Request) error {
	m, err := h.member(q)
	if err != nil {
		return err
	}
	at := ui.At(q.R.URL)
	list, err := h.Forum.Topics(q.Context(), at.Get(ui.SearchParam))
	if err != nil {
		return err
	}
	units, err := h.unitNames(q, list...)
	if err != nil {
		return err
	}
	page := topicsPage{P: q.P, Name: h.forumName(q.P), At: at, Member: m, MayAsk: m.Known() || q.May(account.ActForumAnswer), MayMod: q.May(account.ActForumModerate)}
	for _, t := range list {
		page.Rows = append(page.Rows, topicRow(q.P, t, units[t.UnitID], q.Today()))
	}
	return q.Render(web.Page{Title: page.Name, Nav: "forum", Body: topicsBody(page)})
}

func (h *pages) unitNames(q *web.Request, list ...forum.Topic) (map[string]string, error) {
	ids := make([]string, len(list))
	for i, t := range list {
		ids[i] = t.UnitID
	}
	return h.office.UnitNames(q.Context(), ids)
}

// forumName is what the agency calls its forum.
func (h *pages) forumName(p *i18n.Printer) string {
	if h.ForumName != "" {
		return h.ForumName
	}
	return p.T("forum.name")
}

func topicRow(p *i18n.Printer, t forum.Topic, unit, today string) topicLine {
	l := topicLine{
		To: "/forum/topik/" + t.ID, Title: t.Title, Unit: unit, By: t.Author, Phase: p.T("forum.phase." + string(t.Phase)),
		Posts: p.T("forum.posts", t.Posts), Votes: p.T("forum.votes", t.Votes), Last: p.Date(t.LastOn),
		Answered: t.AnsweredOn != "", Late: t.Late(today),
	}
	if l.By == "" {
		l.By = unit
	}
	return l
}

// topicPage is one topic with what was said.
type topicPage struct {
	P         *i18n.Printer
	Name      string
	To        string
	T         forum.Topic
	Line      topicLine
	Body      string
	Posts     []postLine
	Member    forum.Member
	MayAnswer bool
	Next      forum.Phase
	Due       string
	Answered  string // since when it has an official answer
	Field     ui.Field
	Problem   string
	Mailing   bool // one can subscribe by mail
	Email     ui.Field
	What      ui.Field
	Code      string // of the service, for who may pass words on
	FollowTo  string // where an official makes a follow-up of it
}

type postLine struct {
	forum.Post
	By, When, Votes string
	Level           int
	Mine            bool
}

func (h *pages) topic(q *web.Request) error {
	m, err := h.member(q)
	if err != nil {
		return err
	}
	return h.showTopic(q, http.StatusOK, m, nil)
}

func (h *pages) showTopic(q *web.Request, status int, m forum.Member, cause error) error {
	t, err := h.Forum.Topic(q.Context(), q.Path("topic"), q.Actor, m)
	if err != nil {
		return err
	}
	units, err := h.unitNames(q, t)
	if err != nil {
		return err
	}
	posts, err := h.Forum.Posts(q.Context(), t.ID, m)
	if err != nil {
		return err
	}
	page := topicPage{
		P: q.P, Name: h.forumName(q.P), To: "/forum/topik/" + t.ID, T: t, Line: topicRow(q.P, t, units[t.UnitID], q.Today()), Body: t.Body, Member: m,
		MayAnswer: q.Can(account.ActForumAnswer, t.Thing()) == nil, Next: nextPhase(t.Phase), Posts: postLines(q.P, posts, units[t.UnitID], m),
	}
	if t.DueOn != "" && t.AnsweredOn == "" {
		page.Due = q.P.T("forum.due", q.P.Date(t.DueOn))
	}
	if t.AnsweredOn != "" {
		page.Answered = q.P.T("forum.answered_on", q.P.Date(t.AnsweredOn))
	}
	d := ui.Draft{}
	if cause != nil {
		d = draft(q, cause)
		page.Problem = web.Sentence(q.P, cause)
	}
	page.Field = d.Field("body", q.P.T("forum.your_post"))
	page.Field.Hint = q.P.T("forum.markdown")
	page.Mailing = h.Forum.Mailing() && t.State == forum.Shown
	page.Email, page.What = subscribeFields(q.P, d)
	if page.MayAnswer && t.ServiceID != "" {
		if s, err := h.office.ServiceOf(q.Context(), t.ServiceID); err == nil {
			page.Code = s.Code
			page.FollowTo = "/survei/layanan/" + url.PathEscape(s.Code) + "/tindak-lanjut"
		}
	}
	return q.RenderStatus(status, web.Page{Title: t.Title, Nav: "forum", Body: topicBody(page)})
}

func nextPhase(p forum.Phase) forum.Phase {
	all := forum.Phases()
	for i := range len(all) - 1 {
		if all[i] == p {
			return all[i+1]
		}
	}
	return ""
}

// postLines puts answers below what they answer, one level deep.
func postLines(p *i18n.Printer, posts []forum.Post, unit string, m forum.Member) []postLine {
	replies := map[string][]forum.Post{}
	for _, x := range posts {
		replies[x.ReplyTo] = append(replies[x.ReplyTo], x)
	}
	var out []postLine
	var walk func(parent string, level int)
	walk = func(parent string, level int) {
		for _, x := range replies[parent] {
			l := postLine{Post: x, By: x.Author, When: p.Date(x.WrittenOn), Votes: p.T("forum.votes", x.Votes), Level: min(level, 1), Mine: m.Known() && x.MemberID == m.ID}
			if l.By == "" {
				l.By = unit
			}
			out = append(out, l)
			walk(x.ID, level+1)
		}
	}
	walk("", 0)
	return out
}

// spoken runs what a member does in a topic and comes back to it.
func (h *pages) spoken(q *web.Request, flash string, do func(form *web.Form, m forum.Member) error) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	m, err := h.member(q)
	if err != nil {
		return err
	}
	if !m.Known() {
		return q.Redirect("/forum/masuk?lanjut="+url.QueryEscape("/forum/topik/"+q.Path("topic")), "forum.join_first")
	}
	err = do(form, m)
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) || fault.Is(err, fault.TooMany) {
		status := http.StatusUnprocessableEntity
		if fault.Is(err, fault.TooMany) {
			status = http.StatusTooManyRequests
		}
		return h.showTopic(q, status, m, err)
	}
	if err != nil {
		return err
	}
	return q.Redirect("/forum/topik/"+q.Path("topic"), flash)
}

func (h *pages) say(q *web.Request) error {
	return h.spoken(q, "forum.said", func(form *web.Form, m forum.Member) error {
		_, err := h.Forum.Say(q.Context(), m, q.Path("topic"), form.Text("to"), form.Text("body"))
		return err
	})
}

func (h *pages) support(q *web.Request) error {
	return h.spoken(q, "", func(form *web.Form, m forum.Member) error {
		target := form.Text("post")
		if target == "" {
			target = q.Path("topic")
		}
		return h.Forum.Support(q.Context(), m, target)
	})
}

func (h *pages) follow(q *web.Request) error {
	return h.spoken(q, "forum.followed", func(_ *web.Form, m forum.Member) error { return h.Forum.Follow(q.Context(), m, q.Path("topic")) })
}

func (h *pages) flag(q *web.Request) error {
	return h.spoken(q, "forum.flagged", func(form *web.Form, m forum.Member) error {
		return h.Forum.Flag(q.Context(), m, form.Text("post"), form.Text("reason"))
	})
}

func (h *pages) object(q *web.Request) error {
	return h.spoken(q, "forum.objected", func(form *web.Form, m forum.Member) error {
		return h.Forum.Object(q.Context(), m, form.Text("post"), form.Text("words"))
	})
}

// reply is the unit's official answer.
func (h *pages) reply(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	_, err = h.Forum.Reply(q.Context(), q.Actor, q.Path("topic"), form.Text("to"), form.Text("body"))
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return h.showTopic(q, http.StatusUnprocessableEntity, forum.Member{}, err)
	}
	if err != nil {
		return err
	}
	return q.Redirect("/forum/topik/"+q.Path("topic"), "forum.answered")
}

func (h *pages) phase(q *web.Request) error {
	form, err := q.Form()
	if err != nil {
		return err
	}
	if form.Text("close") != "" {
		err = h.Forum.Close(q.Context(), q.Actor, q.Path("topic"))
	} else {
		err = h.Forum.Move(q.Context(), q.Actor, q.Path("topic"), form.Int("version", 1, 1<<30), forum.Phase(form.Text("to")))
	}
	if err != nil {
		return err
	}
	return q.Redirect("/forum/topik/"+q.Path("topic"), "forum.moved")
}

// services of a unit for the choice of a new topic.
func (h *pages) serviceOptions(q *web.Request) ([]ui.Option, map[string]participation.Service, error) {
	list, err := h.office.Services(q.Context())
	byID := map[string]participation.Service{}
	var out []ui.Option
	for _, s := range list {
		byID[s.ID] = s
		out = append(out, ui.Option{Value: s.ID, Text: s.In(string(q.P.Lang())), Group: s.Unit})
	}
	return out, byID, err
}

// formOfService reads the form that was sent and the service chosen in it, an
// empty one when none is.
func (h *pages) formOfService(q *web.Request) (*web.Form, participation.Service, error) {
	form, err := q.Form()
	if err != nil {
		return nil, participation.Service{}, err
	}
	_, services, err := h.serviceOptions(q)
	return form, services[form.Text("service")], err
}

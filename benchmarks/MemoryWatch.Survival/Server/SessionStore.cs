using MemoryWatch.Survival.Overloads;

namespace MemoryWatch.Survival.Server;

/// <summary>The users' sessions. Each stays open after its job, because most users come again.</summary>
internal sealed class SessionStore(Overload overload)
{
    private const int Piece = 64 << 10;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, Session> _sessions = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _sessions.Count;
            }
        }
    }

    /// <summary>Opens the session of a user, or joins it; in use until it is left.</summary>
    public Session Use(int user)
    {
        lock (_lock)
        {
            if (!_sessions.TryGetValue(user, out var session))
            {
                _sessions[user] = session = new(Block.Take(overload.Session, Piece));
            }

            session.Users++;
            return session;
        }
    }

    public void Leave(Session session)
    {
        lock (_lock)
        {
            session.Users--;
        }
    }

    /// <summary>Closes the sessions that nobody uses at the moment; their users get a new one with their next job.</summary>
    public Task CloseIdleAsync()
    {
        lock (_lock)
        {
            foreach (var (user, session) in _sessions.Where(pair => pair.Value.Users == 0).ToList())
            {
                _sessions.Remove(user);
                session.State.Dispose();
            }
        }

        return Task.CompletedTask;
    }

    internal sealed class Session(Block state)
    {
        public Block State => state;

        public int Users { get; set; }
    }
}

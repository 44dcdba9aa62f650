namespace MemoryWatch.Survival.Overloads;

/// <summary>A finite list of jobs, and what each of them does to the memory of the server that works through it.</summary>
/// <param name="Number">Its number in the table.</param>
/// <param name="Name">What is too much.</param>
internal sealed record Overload(int Number, string Name)
{
    private const double FirstUsers = 8;
    private const double RecentShare = 0.7;
    private const int RecentUsers = 20;

    /// <summary>How many jobs there are.</summary>
    public int Jobs { get; init; } = 900;

    /// <summary>How many users are new with each job; each of them has a session.</summary>
    public double NewUsers { get; init; }

    /// <summary>What the server holds for a user: decoded state, which it can decode again.</summary>
    public Amount Session { get; init; }

    /// <summary>What a job holds from its acceptance to its end.</summary>
    public Amount Payload { get; init; }

    /// <summary>What a job holds while it is worked on, in small pieces.</summary>
    public Amount Working { get; init; }

    /// <summary>What a job does not give back.</summary>
    public int LeakedBytes { get; init; }

    /// <summary>How many jobs the server works on at a time.</summary>
    public int Workers { get; init; } = 8;

    /// <summary>How long a job waits for others while it is worked on, at a list of three minutes.</summary>
    public TimeSpan WorkTime { get; init; } = TimeSpan.FromMilliseconds(600);

    /// <summary>Returns the list: the same one in each run.</summary>
    /// <param name="length">The time from the first to the last.</param>
    public IReadOnlyList<Job> List(TimeSpan length)
    {
        var random = new Random(Number);
        return [.. Enumerable.Range(0, Jobs).Select(id =>
        {
            var at = length * ((id + random.NextDouble()) / Jobs);
            var users = (int)(FirstUsers + (id * NewUsers));
            var user = random.NextDouble() < RecentShare ? users - 1 - random.Next(Math.Min(RecentUsers, users)) : random.Next(users);
            return new Job(id, at, user);
        })];
    }
}

/// <summary>Bytes on the managed heap, and bytes of the C library.</summary>
internal readonly record struct Amount(int Managed, int Native = 0);

/// <summary>A job of the list.</summary>
/// <param name="Id">Its number.</param>
/// <param name="At">When it is offered to the server, from the start of the run.</param>
/// <param name="User">Whose it is.</param>
internal readonly record struct Job(int Id, TimeSpan At, int User);

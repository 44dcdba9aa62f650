using System.Text.Json.Nodes;
using DownloaderBot.Tests.Support;

namespace DownloaderBot.Tests.Telegram.Chat.Support;

/// <summary>
/// What waits for the bot, as Telegram keeps it: a call with an offset confirms all before it, and an offset far beyond the
/// end counts as none.
/// </summary>
internal sealed class UpdateQueue(Changes changes)
{
    private const int FarBeyond = 10;

    private readonly Lock _lock = new();
    private readonly List<JsonObject> _updates = [];

    /// <summary>The id that the next update gets.</summary>
    public int Next { get; private set; } = 1000;

    public int[] Waiting { get { lock (_lock) { return [.. _updates.Select(Id)]; } } }

    /// <summary>Adds an update of a kind; returns its id.</summary>
    public int Add(string kind, JsonObject content)
    {
        int id;
        lock (_lock)
        {
            id = Next++;
            _updates.Add(new JsonObject { ["update_id"] = id, [kind] = content });
        }

        changes.Signal();
        return id;
    }

    /// <summary>Forgets everything and goes on with another id, as Telegram does after a week without updates.</summary>
    public void StartAnew(int next)
    {
        lock (_lock)
        {
            _updates.Clear();
            Next = next;
        }
    }

    public async Task<JsonArray> TakeAsync(int offset, int limit, CancellationToken cancel)
    {
        JsonArray found = [];
        await changes.WaitAsync(() => (found = Take(offset, limit)).Count > 0, cancel);
        return found;
    }

    private static int Id(JsonObject update) => (int)update["update_id"]!;

    private JsonArray Take(int offset, int limit)
    {
        lock (_lock)
        {
            if (offset <= Next + FarBeyond)
            {
                _updates.RemoveAll(update => Id(update) < offset);
            }

            return [.. _updates.Take(limit).Select(update => update.DeepClone())];
        }
    }
}

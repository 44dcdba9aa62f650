using System.Buffers;
using System.Text;

namespace MemoryWatch.AspNetCore.Page.Live;

/// <summary>The events of the stream: <c>tick</c> every second, and <c>state</c> when it has changed.</summary>
internal sealed class LiveSource(PageData data) : ILiveSource
{
    private readonly object _lock = new();
    private byte[] _state = [];

    public ReadOnlyMemory<byte> Now() => Events(data.Tick(), data.State());

    public ReadOnlyMemory<byte> Next()
    {
        lock (_lock)
        {
            var state = data.State();
            if (state.AsSpan().SequenceEqual(_state))
            {
                return Events(data.Tick(), null);
            }

            _state = state;
            return Events(data.Tick(), state);
        }
    }

    public void Forget()
    {
        lock (_lock)
        {
            _state = [];
        }

        data.Forget();
    }

    private static ReadOnlyMemory<byte> Events(byte[] tick, byte[]? state)
    {
        var events = new ArrayBufferWriter<byte>(tick.Length + (state?.Length ?? 0) + 64);
        Write(events, "tick", tick);
        if (state is not null)
        {
            Write(events, "state", state);
        }

        return events.WrittenMemory;
    }

    /// <summary>JSON as it is serialized has no line breaks, so it is one line of data.</summary>
    private static void Write(ArrayBufferWriter<byte> events, string name, byte[] json)
    {
        Encoding.ASCII.GetBytes($"event: {name}\ndata: ", events);
        events.Write(json);
        events.Write("\n\n"u8);
    }
}

using System.Buffers.Binary;
using System.Net.Sockets;
using TL;
using TL.Methods;

namespace DownloaderBot.Tests.Telegram.Sessions.StandIn;

/// <summary>One connection of a client, from its preamble to its end.</summary>
internal sealed class StandInConnection(TelegramStandIn server, TcpClient socket) : IDisposable
{
    private const uint Container = 0x73F1F8DC;
    private const uint RpcResult = 0xF35C6D01;
    private const int BadSalt = 48;
    private const int KeyUnknown = -404;

    private readonly SemaphoreSlim _sending = new(1);
    private ObfuscatedFrames? _frames;
    private KeyExchange? _exchange;
    private AuthKey? _key;
    private long _session;
    private long _lastId;
    private int _sequence;

    /// <summary>Which data centre the client takes this for; negative where it is there for files alone.</summary>
    public int DataCentre => _frames?.DataCentre ?? 0;

    public AuthKey Key => _key!;

    /// <summary>Serves until the connection ends, whoever ends it.</summary>
    public async Task ServeAsync(CancellationToken cancel)
    {
        try
        {
            _frames = await ObfuscatedFrames.AcceptAsync(socket.GetStream(), cancel);
            while (true)
            {
                await TakeAsync(await _frames.ReadAsync(cancel), cancel);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client, the script or the end of the test closed it.
        }
    }

    public void Cut() => socket.Close();

    public void Dispose()
    {
        socket.Dispose();
        _frames?.Dispose();
        _sending.Dispose();
    }

    private async Task TakeAsync(byte[] frame, CancellationToken cancel)
    {
        var keyId = BinaryPrimitives.ReadInt64LittleEndian(frame);
        if (keyId == 0)
        {
            await _frames!.WriteAsync(Exchange(frame), cancel);
            return;
        }

        _key = server.FindKey(keyId);
        if (_key is null)
        {
            var error = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(error, KeyUnknown);
            await _frames!.WriteAsync(error, cancel);
            return;
        }

        var envelope = MessageCodec.Decrypt(_key, frame);
        _session = envelope.Session;
        if (envelope.Salt != _key.Salt)
        {
            var wrong = new BadServerSalt { bad_msg_id = envelope.Id, error_code = BadSalt, new_server_salt = _key.Salt };
            await SendAsync(writer => writer.WriteTLObject(wrong), cancel);
            return;
        }

        await TakeMessageAsync(envelope.Id, envelope.Body, cancel);
    }

    private byte[] Exchange(byte[] frame)
    {
        using var reader = new BinaryReader(new MemoryStream(frame, 20, frame.Length - 20));
        _exchange ??= new(server.SpoilNextKeyExchange());
        var answer = _exchange.Answer(reader.ReadTLMethod<object>()).ToBytes();
        if (_exchange.Result is { } key)
        {
            server.Add(key);
        }

        var reply = new byte[20 + answer.Length];
        BinaryPrimitives.WriteInt64LittleEndian(reply.AsSpan(8), NextId());
        BinaryPrimitives.WriteInt32LittleEndian(reply.AsSpan(16), answer.Length);
        answer.CopyTo(reply, 20);
        return reply;
    }

    private async Task TakeMessageAsync(long id, byte[] body, CancellationToken cancel)
    {
        using var reader = new BinaryReader(new MemoryStream(body));
        if (BinaryPrimitives.ReadUInt32LittleEndian(body) != Container)
        {
            await TakeCallAsync(id, reader, cancel);
            return;
        }

        reader.ReadUInt32();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var innerId = reader.ReadInt64();
            reader.ReadInt32();
            await TakeMessageAsync(innerId, reader.ReadBytes(reader.ReadInt32()), cancel);
        }
    }

    private async Task TakeCallAsync(long id, BinaryReader reader, CancellationToken cancel)
    {
        var start = reader.ReadUInt32();
        reader.BaseStream.Position = 0;
        if (!Layer.Methods.ContainsKey(start))
        {
            // An acknowledgement.
            return;
        }

        switch (reader.ReadTLMethod<object>())
        {
            case TL.Methods.Ping ping:
                await SendAsync(writer => writer.WriteTLObject(new Pong { msg_id = id, ping_id = ping.ping_id }), cancel);
                break;
            case PingDelayDisconnect ping:
                await SendAsync(writer => writer.WriteTLObject(new Pong { msg_id = id, ping_id = ping.ping_id }), cancel);
                break;
            case GetFutureSalts:
                await SendAsync(writer => writer.WriteTLObject(Salts(id)), cancel);
                break;
            case var method:
                await AnswerAsync(id, Unwrap(method), cancel);
                break;
        }
    }

    private async Task AnswerAsync(long id, IObject method, CancellationToken cancel)
    {
        switch (await server.AnswerAsync(method, this))
        {
            case Answer.ResultAnswer result:
                await SendAsync(
                    writer =>
                    {
                        writer.Write(RpcResult);
                        writer.Write(id);
                        result.Write(writer);
                    },
                    cancel);
                break;
            case Answer.CutAnswer:
                Cut();
                break;
        }
    }

    private async Task SendAsync(Action<BinaryWriter> write, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        using var writer = new BinaryWriter(body);
        write(writer);
        await _sending.WaitAsync(cancel);
        try
        {
            var frame = MessageCodec.Encrypt(_key!, _session, NextId(), _sequence++ * 2 + 1, body.ToArray());
            await _frames!.WriteAsync(frame, cancel);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>What is asked for, without what says how.</summary>
    private static IObject Unwrap(IObject method) => method switch
    {
        InvokeWithLayer<object> outer => Unwrap(outer.query),
        InvokeWithoutUpdates<object> outer => Unwrap(outer.query),
        InitConnection<object> outer => Unwrap(outer.query),
        BoolMethod outer => outer.query,
        _ => method,
    };

    private FutureSalts Salts(long id)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new()
        {
            req_msg_id = id,
            now = now,
            salts = [new() { valid_since = now.AddHours(-1), valid_until = now.AddHours(1), salt = Key.Salt }],
        };
    }

    /// <summary>Seconds in the upper half, growing, and odd as a server's are.</summary>
    private long NextId() => _lastId = Math.Max(_lastId + 4, (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() << 32) | 1);
}

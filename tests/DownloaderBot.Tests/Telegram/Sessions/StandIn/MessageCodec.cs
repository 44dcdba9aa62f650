using System.Buffers.Binary;
using System.Security.Cryptography;
using static WTelegram.Encryption;

namespace DownloaderBot.Tests.Telegram.Sessions.StandIn;

/// <summary>A message that came enciphered.</summary>
internal readonly record struct IncomingEnvelope(long Salt, long Session, long Id, byte[] Body);

/// <summary>Enciphers and deciphers messages with an agreed key, as MTProto 2.0 describes it for the server.</summary>
internal static class MessageCodec
{
    private const int HeaderBytes = 32;

    // The two directions take different parts of the key.
    private const int FromClient = 0;
    private const int FromServer = 8;

    public static IncomingEnvelope Decrypt(AuthKey key, byte[] frame)
    {
        var plain = EncryptDecryptMessage(frame.AsSpan(24), encrypt: false, FromClient, key.Key, frame, 8, SHA256.Create());
        if (!MessageKey(key, FromClient, plain).AsSpan(8, 16).SequenceEqual(frame.AsSpan(8, 16)))
        {
            throw new InvalidDataException("The message key does not fit the message");
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(plain.AsSpan(28));
        return new(Long(plain, 0), Long(plain, 8), Long(plain, 16), plain[HeaderBytes..(HeaderBytes + length)]);
    }

    public static byte[] Encrypt(AuthKey key, long session, long id, int sequence, byte[] body)
    {
        var padding = 12 + (16 - (HeaderBytes + body.Length + 12) % 16) % 16;
        var plain = new byte[HeaderBytes + body.Length + padding];
        BinaryPrimitives.WriteInt64LittleEndian(plain, key.Salt);
        BinaryPrimitives.WriteInt64LittleEndian(plain.AsSpan(8), session);
        BinaryPrimitives.WriteInt64LittleEndian(plain.AsSpan(16), id);
        BinaryPrimitives.WriteInt32LittleEndian(plain.AsSpan(24), sequence);
        BinaryPrimitives.WriteInt32LittleEndian(plain.AsSpan(28), body.Length);
        body.CopyTo(plain, HeaderBytes);
        var messageKey = MessageKey(key, FromServer, plain);
        var encrypted = EncryptDecryptMessage(plain, encrypt: true, FromServer, key.Key, messageKey, 8, SHA256.Create());
        var frame = new byte[24 + encrypted.Length];
        BinaryPrimitives.WriteInt64LittleEndian(frame, key.Id);
        messageKey.AsSpan(8, 16).CopyTo(frame.AsSpan(8));
        encrypted.CopyTo(frame, 24);
        return frame;
    }

    private static byte[] MessageKey(AuthKey key, int direction, byte[] plain)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(key.Key.AsSpan(88 + direction, 32));
        hash.AppendData(plain);
        return hash.GetHashAndReset();
    }

    private static long Long(byte[] bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));
}

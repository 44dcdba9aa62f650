using System.Buffers.Binary;
using System.Numerics;
using TL;
using TL.Methods;
using WTelegram;
using static System.Security.Cryptography.RandomNumberGenerator;
using Int128 = TL.Int128;

namespace DownloaderBot.Tests.Telegram.Sessions.StandIn;

/// <summary>The server's side of one key exchange, in clear text, at the start of a connection.</summary>
internal sealed class KeyExchange(bool isSpoilt)
{
    // Two primes that the client finds at once.
    private const ulong P = 1_000_003;
    private const ulong Q = 1_000_033;

    private readonly Int128 _serverNonce = new(Create());
    private readonly BigInteger _secret = BigNumbers.Read(GetBytes(256));
    private Int256 _newNonce;
    private byte[] _aesKey = [];
    private byte[] _aesIv = [];

    /// <summary>Known once the exchange is over.</summary>
    public AuthKey? Result { get; private set; }

    public IObject Answer(IObject request) => request switch
    {
        ReqPqMulti start => new ResPQ
        {
            nonce = start.nonce,
            server_nonce = _serverNonce,
            pq = BigEndian(P * Q),
            server_public_key_fingerprints = [ServerKey.Instance.Fingerprint],
        },
        ReqDHParams secret => Offer(secret),
        SetClientDHParams end => Finish(end),
        _ => throw new InvalidDataException($"{request.GetType().Name} in a key exchange"),
    };

    private ServerDHParamsOk Offer(ReqDHParams request)
    {
        _newNonce = ServerKey.Instance.Decrypt(request.encrypted_data).new_nonce;
        (_aesKey, _aesIv) = Encryption.ConstructTmpAESKeyIV(Sha1.Create(), _serverNonce, _newNonce);
        var inner = new ServerDHInnerData
        {
            nonce = request.nonce,
            server_nonce = _serverNonce,
            g = BigNumbers.Generator,
            dh_prime = BigNumbers.Write(BigNumbers.Prime),
            g_a = BigNumbers.Write(BigInteger.ModPow(BigNumbers.Generator, _secret, BigNumbers.Prime)),
            server_time = TimeProvider.System.GetUtcNow().UtcDateTime,
        }.ToBytes();
        byte[] hashed = [.. Sha1.Hash(inner), .. inner];
        byte[] padded = [.. hashed, .. new byte[(16 - hashed.Length % 16) % 16]];
        return new()
        {
            nonce = request.nonce,
            server_nonce = _serverNonce,
            encrypted_answer = Encryption.AES_IGE_EncryptDecrypt(padded, _aesKey, _aesIv, encrypt: true),
        };
    }

    private DhGenOk Finish(SetClientDHParams request)
    {
        var plain = Encryption.AES_IGE_EncryptDecrypt(request.encrypted_data, _aesKey, _aesIv, encrypt: false);
        using var reader = new BinaryReader(new MemoryStream(plain, 20, plain.Length - 20));
        var inner = (ClientDHInnerData)reader.ReadTLObject();

        // Without zeros in front, as the client has it: Telegram's own servers put them there, which is why one exchange in
        // 256 fails with them. Here it fails when the test says so.
        var key = BigInteger.ModPow(BigNumbers.Read(inner.g_b), _secret, BigNumbers.Prime).ToByteArray(isUnsigned: true, isBigEndian: true);
        Result = new(key, Long(_newNonce.raw) ^ Long(_serverNonce.raw));
        byte[] proof = [.. _newNonce.raw, (byte)(isSpoilt ? 0 : 1), .. Sha1.Hash(key)[..8]];
        return new()
        {
            nonce = request.nonce,
            server_nonce = _serverNonce,
            new_nonce_hash1 = new(new BinaryReader(new MemoryStream(Sha1.Hash(proof)[4..]))),
        };
    }

    private static long Long(byte[] bytes) => BinaryPrimitives.ReadInt64LittleEndian(bytes);

    private static byte[] BigEndian(ulong number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        return bytes;
    }
}

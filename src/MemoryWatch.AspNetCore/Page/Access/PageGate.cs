using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace MemoryWatch.AspNetCore.Page.Access;

/// <summary>Decides who gets to the page: those whom the application authorizes, the machine itself, and who has entered the key.</summary>
/// <param name="key">Reads the key; called once.</param>
/// <param name="allowLoopback">Whether the machine itself needs no key.</param>
/// <param name="isAuthorizationChecked">Whether a request that authorization has not seen fails, as it does by default.</param>
/// <param name="time">The clock.</param>
internal sealed class PageGate(Func<Task<AccessKey>> key, bool allowLoopback, bool isAuthorizationChecked, TimeProvider time)
{
    private readonly Lazy<Task<AccessKey>> _key = new(key);

    public AttemptLimit Attempts { get; } = new(time);

    public TimeProvider Time { get; } = time;

    /// <summary>The key. It is created when it is first needed: never if the application authorizes the page.</summary>
    public Task<AccessKey> KeyAsync() => _key.Value;

    public async ValueTask<bool> AllowsAsync(HttpContext context) =>
        IsAuthorized(context.GetEndpoint())
        || (allowLoopback && DirectRequest.Is(context))
        || (context.Request.Cookies.ContainsKey(Session.Cookie) && Session.IsValid(context, await KeyAsync().ConfigureAwait(false), Time));

    /// <summary>
    /// Whether a request that has come as far as this endpoint was authorized. Metadata that authorization does not enforce counts for nothing.
    /// </summary>
    public bool IsAuthorized(Endpoint? endpoint) =>
        isAuthorizationChecked
        && endpoint?.Metadata.GetMetadata<IAuthorizeData>() is not null
        && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null;
}

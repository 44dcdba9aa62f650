namespace Plugins.Tests;

/// <summary>A webhook without a network: keeps what is posted to it, and answers when and as the test wants.</summary>
internal sealed class FakeWebhook : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly List<string> _posts = [];

    public static Uri Address { get; } = new("https://chat.example/webhook");

    /// <summary>How it answers; at once and well by default.</summary>
    public Func<string, Task<System.Net.HttpStatusCode>> Answer { get; set; } = _ => Task.FromResult(System.Net.HttpStatusCode.OK);

    public IReadOnlyList<string> Posts
    {
        get
        {
            lock (_lock)
            {
                return [.. _posts];
            }
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var text = await request.Content!.ReadAsStringAsync(cancellationToken);
        lock (_lock)
        {
            _posts.Add(text);
        }

        return new(await Answer(text));
    }
}

using System.Net;

namespace Plugins.Tests;

public class ChatWebhookTests
{
    private readonly FakeWebhook _webhook = new();

    [Fact]
    public async Task While_the_webhook_hangs_adding_never_waits_and_the_newest_texts_are_kept()
    {
        var hasFirst = new TaskCompletionSource();
        var letGo = new TaskCompletionSource<HttpStatusCode>(TaskCreationOptions.RunContinuationsAsynchronously);
        _webhook.Answer = _ =>
        {
            hasFirst.TrySetResult();
            return letGo.Task;
        };
        using var client = new HttpClient(_webhook);
        await using (var chat = new ChatWebhook(client, FakeWebhook.Address, capacity: 2))
        {
            chat.Add("first");
            await hasFirst.Task.WaitAsync(Deadline.Backstop);
            chat.Add("lost");
            chat.Add("third");
            chat.Add("fourth");
            letGo.SetResult(HttpStatusCode.OK);
        }

        _webhook.Posts.Should().Equal("first", "third", "fourth");
    }

    [Fact]
    public async Task A_text_that_the_webhook_refuses_does_not_hold_up_the_next()
    {
        _webhook.Answer = text => text switch
        {
            "refused" => Task.FromResult(HttpStatusCode.BadGateway),
            "timed out" => throw new TaskCanceledException(),
            _ => Task.FromResult(HttpStatusCode.OK),
        };
        using var client = new HttpClient(_webhook);
        var chat = new ChatWebhook(client, FakeWebhook.Address);
        chat.Add("refused");
        chat.Add("timed out");
        chat.Add("taken");
        await chat.DisposeAsync();

        _webhook.Posts.Should().Equal("refused", "timed out", "taken");
        chat.Failures.Should().Be(2);
    }
}

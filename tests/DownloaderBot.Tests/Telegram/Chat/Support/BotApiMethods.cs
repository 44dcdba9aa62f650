using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DownloaderBot.Tests.Telegram.Chat.Support;

/// <summary>The methods themselves, with the answers and refusals of the real ones.</summary>
internal sealed class BotApiMethods(UpdateQueue updates)
{
    private readonly ConcurrentDictionary<(long Chat, long Message), string> _texts = [];
    private int _messages = 500;

    public ISet<long> Blocked { get; } = new HashSet<long>();

    public static JsonObject Message(int id, long chatId, string? text, string chatType = "private")
    {
        var message = new JsonObject
        {
            ["message_id"] = id,
            ["date"] = 1_700_000_000,
            ["chat"] = new JsonObject { ["id"] = chatId, ["type"] = chatType },
            ["from"] = new JsonObject { ["id"] = chatId, ["is_bot"] = false, ["first_name"] = "Somebody" },
        };
        if (text is not null)
        {
            message["text"] = text;
        }

        return message;
    }

    public Task AnswerAsync(BotCall call, HttpContext context)
    {
        if (call.Text("chat_id") is not null && Blocked.Contains(call.Number("chat_id")))
        {
            return BotApiAnswer.ErrorAsync(context, 403, "Forbidden: bot was blocked by the user");
        }

        return call.Method switch
        {
            "getMe" => BotApiAnswer.OkAsync(
                context, new JsonObject { ["id"] = 4711, ["is_bot"] = true, ["first_name"] = "Stand-in", ["username"] = "stand_in_bot" }),
            "setMyCommands" => BotApiAnswer.OkAsync(context, true),
            "getUpdates" => GetUpdatesAsync(call, context),
            "sendMessage" => SendAsync(call, context),
            "editMessageText" => EditAsync(call, context),
            "deleteMessage" => DeleteAsync(call, context),
            "sendDocument" or "sendVideo" => BotApiAnswer.OkAsync(context, Message(Interlocked.Increment(ref _messages), call.Number("chat_id"), null)),
            _ => BotApiAnswer.ErrorAsync(context, 404, "Not Found: method not found"),
        };
    }

    private async Task GetUpdatesAsync(BotCall call, HttpContext context)
    {
        var offset = call.Text("offset") is null ? 0 : (int)call.Number("offset");
        var found = await updates.TakeAsync(offset, (int)call.Number("limit"), context.RequestAborted);
        await BotApiAnswer.OkAsync(context, found);
    }

    private Task SendAsync(BotCall call, HttpContext context)
    {
        var (chat, text) = (call.Number("chat_id"), call.Text("text")!);
        if (text.EnumerateRunes().Count() > 4096)
        {
            return BotApiAnswer.ErrorAsync(context, 400, "Bad Request: message is too long");
        }

        var id = Interlocked.Increment(ref _messages);
        _texts[(chat, id)] = text;
        return BotApiAnswer.OkAsync(context, Message(id, chat, text));
    }

    private Task EditAsync(BotCall call, HttpContext context)
    {
        var (key, text) = ((call.Number("chat_id"), call.Number("message_id")), call.Text("text")!);
        if (!_texts.TryGetValue(key, out var before))
        {
            return BotApiAnswer.ErrorAsync(context, 400, "Bad Request: message to edit not found");
        }

        if (before == text)
        {
            return BotApiAnswer.ErrorAsync(
                context, 400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same");
        }

        _texts[key] = text;
        return BotApiAnswer.OkAsync(context, Message((int)key.Item2, key.Item1, text));
    }

    private Task DeleteAsync(BotCall call, HttpContext context) =>
        _texts.TryRemove((call.Number("chat_id"), call.Number("message_id")), out _)
            ? BotApiAnswer.OkAsync(context, true)
            : BotApiAnswer.ErrorAsync(context, 400, "Bad Request: message to delete not found");
}

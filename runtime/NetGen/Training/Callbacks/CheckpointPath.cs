using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>A path with places for the epoch, the batch and results: <c>model-{epoch:00}-{val_loss:0.000}.safetensors</c>.</summary>
internal sealed class CheckpointPath
{
    private readonly string template;

    private readonly List<string> names = [];

    /// <summary>Reads a template.</summary>
    /// <exception cref="ArgumentException">A brace is not closed, or a format is no numeric format of .NET.</exception>
    public CheckpointPath(string template)
    {
        ArgumentException.ThrowIfNullOrEmpty(template, "path");
        this.template = template;
        Fill((name, format) =>
        {
            if (format.Length > 0 && !IsFormat(format))
                throw new ArgumentException($"The path '{template}' has the format '{format}'; one of .NET for numbers is expected, such as 00 or F3.", "path");
            names.Add(name);
            return "";
        });
    }

    /// <summary>Rejects before the first step a name that nothing will have a value for.</summary>
    /// <param name="reader">The callback whose path it is.</param>
    /// <param name="isEpoch">Whether files are saved after epochs, or else after batches.</param>
    /// <exception cref="InvalidOperationException">Training will not report a result that the path names.</exception>
    public void Check(Callback reader, bool isEpoch)
    {
        foreach (string name in names)
        {
            if (name == "epoch" || (name == "batch" && !isEpoch)) continue;
            if (reader.Trainer.ReportedInsteadOf(name, reader.Run, isEpoch, reader) is { } reported) throw Unreported(name, reported);
        }
    }

    /// <summary>The path up to its first place.</summary>
    public string Start => template.Split('{')[0];

    /// <summary>The path of an epoch.</summary>
    /// <param name="epoch">The epoch, from 0; it stands in the path from 1, as in Keras.</param>
    /// <param name="batch">The batch, from 0, or null; it stands in the path from 1.</param>
    /// <param name="logs">The results.</param>
    /// <exception cref="InvalidOperationException">Training does not report a result that the path names.</exception>
    public string For(int epoch, int? batch, Logs logs) => Fill((name, format) => name switch
    {
        "epoch" => (epoch + 1).ToString(format, CultureInfo.InvariantCulture),
        "batch" when batch is { } number => (number + 1).ToString(format, CultureInfo.InvariantCulture),
        _ when logs.TryGetValue(name, out double value) => value.ToString(format, CultureInfo.InvariantCulture),
        _ => throw Unreported(name, logs.Keys),
    });

    private InvalidOperationException Unreported(string name, IEnumerable<string> reported) =>
        new($"The path '{template}' names '{name}', which training does not report; it reports: epoch, {string.Join(", ", reported)}.");

    private string Fill(Func<string, string, string> value)
    {
        StringBuilder path = new();
        for (int at = 0; at < template.Length;)
        {
            int open = template.IndexOf('{', at);
            if (open < 0) return path.Append(template, at, template.Length - at).ToString();
            int close = template.IndexOf('}', open);
            if (close < 0) throw new ArgumentException($"The path '{template}' has a brace that is not closed.", "path");
            string[] place = template[(open + 1)..close].Split(':', 2);
            path.Append(template, at, open - at).Append(value(place[0], place.Length > 1 ? place[1] : ""));
            at = close + 1;
        }

        return path.ToString();
    }

    private static bool IsFormat(string format) =>
        format.All("0#.,%".Contains) || ("DdEeFfGgNnPpRr".Contains(format[0]) && format.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0);
}

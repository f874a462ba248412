using System.Globalization;

namespace NetGen;

/// <summary>
/// Shows on the console how training goes on: on a terminal a bar with the rate, the remaining time, the loss and the metrics; one line for each epoch where the
/// output is redirected.
/// </summary>
public sealed class ProgressBar : Callback
{
    private const int BarWidth = 24;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter output;
    private readonly bool isLive;
    private readonly Func<int> lineWidth;
    private readonly TimeProvider clock;
    private long epochStart;
    private long lastDrawn;
    private int drawnLength;
    private int batches;

    /// <summary>A bar on the console.</summary>
    public ProgressBar()
        : this(Console.Out, !Console.IsOutputRedirected, () => Console.WindowWidth, TimeProvider.System)
    {
    }

    internal ProgressBar(TextWriter output, bool isLive, Func<int> lineWidth, TimeProvider clock)
    {
        this.output = output;
        this.isLive = isLive;
        this.lineWidth = lineWidth;
        this.clock = clock;
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch)
    {
        epochStart = clock.GetTimestamp();
        lastDrawn = epochStart;
        batches = 0;
        if (isLive) output.WriteLine(Invariant($"Epoch {epoch + 1}/{Run.Epochs}"));
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(int batch, Logs logs)
    {
        batches = batch + 1;
        if (!isLive || clock.GetElapsedTime(lastDrawn) < Pause) return;
        lastDrawn = clock.GetTimestamp();
        TimeSpan elapsed = clock.GetElapsedTime(epochStart);
        string time = Run.Steps is { } steps ? $"{Duration(elapsed * ((double)(steps - batches) / batches))} left" : Duration(elapsed);
        Draw($"{Bar()}  {time}, {PerStep(elapsed)} - {logs}");
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        TimeSpan elapsed = clock.GetElapsedTime(epochStart);
        string text = $"{Duration(elapsed)}, {PerStep(elapsed)} - {logs}";
        if (isLive)
        {
            Draw($"{Bar()}  {text}");
            EndLine();
        }
        else
        {
            output.WriteLine(Invariant($"Epoch {epoch + 1}/{Run.Epochs} - {text}"));
        }
    }

    /// <inheritdoc/>
    public override void OnTrainInterrupted()
    {
        if (isLive) EndLine();
    }

    /// <summary>A result with four decimals, or in scientific form where those would hide it.</summary>
    internal static string Format(double value) =>
        value.ToString(value == 0 || Math.Abs(value) >= 1e-3 ? "0.0000" : "0.0000e-00", CultureInfo.InvariantCulture);

    private static string Duration(TimeSpan time) =>
        time.TotalHours >= 1 ? Invariant($"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : time.TotalMinutes >= 1 ? Invariant($"{time.Minutes}:{time.Seconds:00}")
        : time.TotalSeconds >= 10 ? Invariant($"{time.TotalSeconds:0} s")
        : Invariant($"{time.TotalSeconds:0.0} s");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private string PerStep(TimeSpan elapsed)
    {
        double milliseconds = elapsed.TotalMilliseconds / Math.Max(batches, 1);
        return milliseconds >= 1 ? Invariant($"{milliseconds:0.0} ms/step") : Invariant($"{milliseconds * 1000:0} us/step");
    }

    private string Bar()
    {
        if (Run.Steps is not { } steps) return Invariant($"{batches}");
        string count = batches.ToString(CultureInfo.InvariantCulture).PadLeft(steps.ToString(CultureInfo.InvariantCulture).Length);
        int filled = (int)((long)BarWidth * Math.Min(batches, steps) / Math.Max(steps, 1));
        string head = filled < BarWidth ? ">" : "";
        return $"{count}/{steps} [{new string('=', filled)}{head}{new string('.', BarWidth - filled - head.Length)}]";
    }

    private void Draw(string line)
    {
        // A line that reaches the last column would wrap, and the return would not get back to its start.
        int width = Math.Max(lineWidth() - 1, 20);
        if (line.Length > width) line = line[..width];
        output.Write('\r');
        output.Write(line.PadRight(Math.Min(drawnLength, width)));
        output.Flush();
        drawnLength = line.Length;
    }

    private void EndLine()
    {
        if (drawnLength > 0) output.WriteLine();
        drawnLength = 0;
    }
}

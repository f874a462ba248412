using System.Globalization;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>How far an epoch has come: what a checkpoint from within it keeps, so that a resumed run goes on behind its last batch.</summary>
/// <param name="Batches">The number of batches that were trained on.</param>
/// <param name="BatchSize">The number of samples of a batch.</param>
/// <param name="Names">The names of the results.</param>
/// <param name="Totals">The numbers of which the results so far consist.</param>
internal sealed record EpochProgress(int Batches, int BatchSize, string[] Names, double[] Totals)
{
    private const string BatchesValue = "epoch/batches";
    private const string BatchSizeValue = "epoch/batch_size";
    private const string NamesValue = "epoch/results";
    private const string TotalsValue = "epoch/totals";

    /// <summary>Writes it among the values of a checkpoint.</summary>
    public void WriteTo(IDictionary<string, string> values)
    {
        values[BatchesValue] = Batches.ToString(CultureInfo.InvariantCulture);
        values[BatchSizeValue] = BatchSize.ToString(CultureInfo.InvariantCulture);
        values[NamesValue] = string.Join('\n', Names);

        // As bytes, for every bit.
        values[TotalsValue] = Convert.ToBase64String(MemoryMarshal.AsBytes(Totals.AsSpan()));
    }

    /// <summary>Reads it from a checkpoint; null where that was saved between two epochs.</summary>
    /// <exception cref="ModelFileException">The values are none that <see cref="WriteTo"/> writes.</exception>
    public static EpochProgress? Read(string path, CheckpointInfo info)
    {
        if (!info.Values.ContainsKey(BatchesValue)) return null;
        string text = info.Values.GetValueOrDefault(TotalsValue, "");
        byte[] bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out int length) || length % sizeof(double) != 0)
            throw new ModelFileException(path, null, $"The checkpoint's '{TotalsValue}' is '{ModelFileException.Shorten(text)}'; numbers of 8 bytes in base 64 are expected.");
        string[] names = info.Values.GetValueOrDefault(NamesValue, "").Split('\n');
        return new EpochProgress(ReadCount(path, info, BatchesValue), ReadCount(path, info, BatchSizeValue), names, MemoryMarshal.Cast<byte, double>(bytes.AsSpan(0, length)).ToArray());
    }

    /// <summary>Rejects a run that cannot go on from here.</summary>
    /// <exception cref="InvalidOperationException">The size of the batches, or what is reported, is another, or the epoch has fewer of them.</exception>
    public void Check(int batchSize, int? steps, Scoreboard board)
    {
        if (batchSize != BatchSize)
        {
            throw new InvalidOperationException(
                $"The checkpoint was saved within an epoch, behind {Batches} batches of {BatchSize} samples; with batches of {batchSize} the rest of the epoch is not to be found.");
        }

        if (steps < Batches)
            throw new InvalidOperationException($"The checkpoint was saved within an epoch, behind {Batches} batches; this data set has {steps}.");

        string[] names = [.. board.Names];
        if (!names.SequenceEqual(Names) || board.ToTotals().Length != Totals.Length)
        {
            throw new InvalidOperationException(
                $"The checkpoint was saved within an epoch that reported {string.Join(", ", Names)}; this run would report {string.Join(", ", names)}, and cannot go on with them.");
        }
    }

    private static int ReadCount(string path, CheckpointInfo info, string name)
    {
        string text = info.Values.GetValueOrDefault(name, "");
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0) return count;
        throw new ModelFileException(path, null, $"The checkpoint's '{name}' is '{ModelFileException.Shorten(text)}'; a positive number is expected.");
    }
}

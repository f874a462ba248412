using System.Diagnostics;
using System.Text.RegularExpressions;

namespace NetGen.Tests.Fuzzing;

/// <summary>
/// Reads many damaged files of a form. A file whose outcome is of a new kind joins those that are damaged further, so that damage goes deeper than one step. The work is cut into
/// a fixed number of parts with seeds of their own, so that the same files come for any number of processors.
/// </summary>
internal static partial class Campaign
{
    private const int Parts = 8;

    /// <summary>How many damaged files a part keeps to damage further.</summary>
    private const int MostKept = 200;

    private const int MostDefects = 20;

    public static FuzzReport Run(FuzzFormat format, int inputs, string folder)
    {
        byte[][] corpus = format.Corpus();
        Part[] parts = [.. Enumerable.Range(0, Parts).Select(i => new Part(format, corpus, Seed(format.Name, i), Path.Combine(folder, $"{i}{format.Extension}")))];
        int workers = inputs < 50_000 ? 1 : Environment.ProcessorCount;
        Parallel.For(0, Parts, new ParallelOptions { MaxDegreeOfParallelism = workers }, i => parts[i].Run((inputs + i) / Parts));
        return new FuzzReport(
            format.Name,
            parts.Sum(p => p.Read),
            parts.Sum(p => p.Refused),
            parts.SelectMany(p => p.Kinds).Distinct().Count(),
            parts.Max(p => p.MostBytes),
            parts.Max(p => p.Slowest),
            parts.MaxBy(p => p.Slowest)!.SlowestFile,
            [.. parts.SelectMany(p => p.Defects)]);
    }

    private static int Seed(string name, int part) => name.Aggregate(part, (hash, c) => unchecked((hash * 31) + c));

    /// <summary>What a text says without the names and numbers in it.</summary>
    private static string Kind(string text, string path) =>
        Quotes().Replace(Digits().Replace(text.Replace(path, "FILE", StringComparison.Ordinal).ReplaceLineEndings(" "), "0"), "''");

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Quotes();

    [GeneratedRegex(@"-?\d[\d.,E+-]*")]
    private static partial Regex Digits();

    /// <summary>A share of the work, which depends on nothing but its seed.</summary>
    private sealed class Part(FuzzFormat format, byte[][] corpus, int seed, string path)
    {
        private readonly List<byte[]> files = [.. corpus];

        public HashSet<string> Kinds { get; } = new(StringComparer.Ordinal);

        public List<string> Defects { get; } = [];

        public long Read { get; private set; }

        public long Refused { get; private set; }

        public long MostBytes { get; private set; }

        public TimeSpan Slowest { get; private set; }

        public byte[] SlowestFile { get; private set; } = [];

        public void Run(int inputs)
        {
            Mutator mutator = new(seed);
            Func<string, string> read = format.CreateReader();
            for (int i = 0; i < inputs && Defects.Count < MostDefects; i++)
            {
                // Half of the time a whole file, so that files that were damaged again and again do not crowd them out.
                byte[] file = format.Damage(files[mutator.Random.Next(mutator.Random.Next(2) == 0 ? corpus.Length : files.Count)], mutator);
                if (TryRead(read, file, i) is not { } kind || !Kinds.Add(kind)) continue;
                if (files.Count < corpus.Length + MostKept) files.Add(file);
                mutator.Other = file;
            }
        }

        private string? TryRead(Func<string, string> read, byte[] file, int number)
        {
            // The file stays there if reading it ends the process.
            File.WriteAllBytes(path, file);
            long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
            string? kind = null;
            try
            {
                kind = "read: " + Kind(read(path), path);
                Read++;
            }
            catch (Exception exception) when (format.IsRefusal(exception, path))
            {
                kind = Kind(exception.Message, path);
                Refused++;
            }
            catch (Exception exception)
            {
                Defects.Add($"{format.Name}, seed {seed}, file {number}: {exception.GetType()}: {exception.Message}\n{exception.StackTrace}\n{Keep(file)}");
            }

            TimeSpan time = Stopwatch.GetElapsedTime(start);
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            if (time > Slowest) (Slowest, SlowestFile) = (time, file);
            if (bytes > MostBytes) MostBytes = bytes;
            if (bytes > format.MostBytes) Defects.Add($"{format.Name}, seed {seed}, file {number}: {bytes} bytes are allocated; at most {format.MostBytes} are allowed.\n{Keep(file)}");
            return kind;
        }

        private string Keep(byte[] file)
        {
            if (file.Length <= 2000) return Convert.ToHexString(file);
            string kept = Path.Combine(Path.GetTempPath(), $"netgen-{format.Name}-{seed:x8}-{Defects.Count}{format.Extension}");
            File.WriteAllBytes(kept, file);
            return kept;
        }
    }
}

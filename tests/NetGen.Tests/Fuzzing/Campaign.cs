using System.Diagnostics;
using System.Text.RegularExpressions;

namespace NetGen.Tests.Fuzzing;

/// <summary>
/// Reads many damaged files of a form, one after the other, so that what the process allocates meanwhile, on any thread, is what the reader allocates. A file whose outcome is of a new kind joins those
/// that are damaged further, so that damage goes deeper than one step. The work is cut into parts with seeds of their own, of which each begins with the whole files alone.
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
        TimeSpan most = Yardstick.Measure(format, Path.Combine(folder, $"whole{format.Extension}"));
        Part[] parts = [.. Enumerable.Range(0, Parts).Select(i => new Part(format, corpus, Seed(format.Name, i), Path.Combine(folder, $"{i}{format.Extension}"), most))];
        for (int i = 0; i < Parts && parts.All(part => !part.IsStuck); i++) parts[i].Run((inputs + i) / Parts);
        return new FuzzReport(
            format.Name,
            parts.Sum(p => p.Read),
            parts.Sum(p => p.Refused),
            parts.SelectMany(p => p.Kinds).Distinct().Count(),
            parts.Max(p => p.MostBytes),
            parts.Max(p => p.Slowest),
            most,
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
    private sealed class Part(FuzzFormat format, byte[][] corpus, int seed, string path, TimeSpan most)
    {
        private readonly List<byte[]> files = [.. corpus];

        public HashSet<string> Kinds { get; } = new(StringComparer.Ordinal);

        public List<string> Defects { get; } = [];

        public long Read { get; private set; }

        public long Refused { get; private set; }

        public long MostBytes { get; private set; }

        public TimeSpan Slowest { get; private set; }

        public byte[] SlowestFile { get; private set; } = [];

        /// <summary>Whether a file is being read still, which nothing can end.</summary>
        public bool IsStuck { get; private set; }

        public void Run(int inputs)
        {
            Mutator mutator = new(seed);
            Func<string, int, string> read = format.CreateReader();
            for (int i = 0; i < inputs && Defects.Count < MostDefects && !IsStuck; i++)
            {
                // Half of the time a whole file, so that files that were damaged again and again do not crowd them out.
                byte[] file = format.Damage(files[mutator.Random.Next(mutator.Random.Next(2) == 0 ? corpus.Length : files.Count)], mutator);
                if (TryRead(read, file, i) is not { } kind || !Kinds.Add(kind)) continue;
                if (files.Count < corpus.Length + MostKept) files.Add(file);
                mutator.Other = file;
            }
        }

        private string? TryRead(Func<string, int, string> read, byte[] file, int number)
        {
            // The file stays there if reading it ends the process.
            File.WriteAllBytes(path, file);
            string? kind = null;
            long before = GC.GetTotalAllocatedBytes(precise: true), start = Stopwatch.GetTimestamp();
            Task<string> reading = Task.Run(() => read(path, number));
            if (Task.WaitAny([reading], format.Stuck) < 0)
            {
                IsStuck = true;
                Defects.Add($"{format.Name}, seed {seed}, file {number}: it is being read after {format.Stuck} still.\n{Keep(file)}");
                return null;
            }

            TimeSpan time = Stopwatch.GetElapsedTime(start);
            long bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
            try
            {
                kind = "read: " + Kind(reading.GetAwaiter().GetResult(), path);
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

            // What took long may have met with a compilation or with another process.
            if (time > most) time = Yardstick.Least(() => Task.WaitAny(Task.Run(() => read(path, number))));
            if (time > Slowest) (Slowest, SlowestFile) = (time, file);
            if (time > most) Defects.Add($"{format.Name}, seed {seed}, file {number}: reading it takes {time}; at most {most} are allowed, by what whole files and filling memory take here.\n{Keep(file)}");
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

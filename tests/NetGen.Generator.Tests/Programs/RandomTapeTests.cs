using System.Globalization;

namespace NetGen.Generator.Tests;

/// <summary>Random networks are refused with a problem, or compile without a word and agree with the interpreter in double. NETGEN_TAPES sets how many (24 if unset).</summary>
public sealed class RandomTapeTests
{
    private const int PerAssembly = 24;
    private const int MostFailures = 20;

    /// <summary>Layers in any order magnify rounding more than networks that somebody would train.</summary>
    private const double Tolerance = 5 * NetCheck.Net;

    [Fact]
    public void Each_is_refused_or_agrees_with_the_interpreter()
    {
        int tapes = int.TryParse(Environment.GetEnvironmentVariable("NETGEN_TAPES"), CultureInfo.InvariantCulture, out int number) ? number : 24;
        int first = int.TryParse(Environment.GetEnvironmentVariable("NETGEN_TAPES_FIRST"), CultureInfo.InvariantCulture, out number) ? number : 0;
        int refused = 0, agreed = 0;
        List<string> failures = [];
        foreach (int[] seeds in Enumerable.Range(first, tapes).Chunk(PerAssembly))
        {
            EmittedBatch batch = new();
            List<int> compiled = [];
            foreach (int seed in seeds)
            {
                string text = "its drawing";
                Try(failures, seed, () => text, () =>
                {
                    // Drawing checks as it goes, so that it meets defects too.
                    ModelSpec model = RandomTape.Draw(seed);
                    text = RandomTape.Text(model);
                    EquatableArray<Problem> problems = Compiler.Check(model);
                    Assert.All(problems, p => Assert.Contains(ProblemTable.Rows, r => r.Id == p.Id && p.Id != ProblemTable.InternalError));
                    Assert.All(problems, p => Assert.InRange(p.Attribute, -1, model.Elements.Count - 1));
                    if (problems.Count > 0)
                    {
                        refused++;
                        return;
                    }

                    batch.Add(text, model);
                    compiled.Add(seed);
                });
            }

            Try(failures, seeds[0], () => "the assembly from there on", () =>
            {
                batch.Compile();
                Assert.Empty(batch.Diagnostics);
            });
            foreach ((int index, EmittedNet net) in batch.Nets.Index())
            {
                if (net.Inference is null) continue;
                int seed = compiled[index];
                Try(failures, seed, () => net.Name, () =>
                {
                    // As many steps as its layers can take, and few; fewer and more are refused at run time.
                    TimeBounds steps = SizeNames.OfProgram(net.InferenceGraph).Skip(1).Select(t => TimeBounds.Of(net.InferenceGraph, t)).DefaultIfEmpty(TimeBounds.None).Single();
                    long tokens = net.InferenceGraph.Nodes.Where(n => n.Op is Gather).Select(n => n.Inputs[0].Shape[0].Constant).Append(3).Min();
                    NetData data = new(1 + (seed * 7 % 11), (int)Math.Min(Math.Max(steps.Least, 1) + (seed % 5), steps.Most))
                    {
                        Make = (value, i) => value.Type.Element == ElementType.Int32 ? i % tokens : null,
                    };
                    NetCheck.Inference(net, data, Tolerance);
                    if (net.TrainingGraph is not null)
                    {
                        NetCheck.Training(net, data, Tolerance);
                        NetCheck.Parts(net, data);
                    }

                    agreed++;
                });
            }

            if (failures.Count >= MostFailures) break;
        }

        string counts = $"{tapes} tapes: {refused} refused, {agreed} agreed, {failures.Count} failed";
        if (Environment.GetEnvironmentVariable("NETGEN_TAPES_REPORT") is { Length: > 0 } report) File.WriteAllText(report, $"{counts}\n\n{string.Join("\n\n", failures)}\n");
        Assert.True(failures.Count == 0, $"{counts}\n\n{string.Join("\n\n", failures)}");
        Assert.True(agreed > tapes / 2, counts);
    }

    private static void Try(List<string> failures, int seed, Func<string> text, Action check)
    {
        try
        {
            check();
        }
        catch (Exception exception)
        {
            failures.Add($"Tape {seed}: {text()}\n{exception.GetType().Name}: {exception.Message[..Math.Min(exception.Message.Length, 800)]}\n{string.Join('\n', (exception.StackTrace ?? "").Split('\n').Take(6))}");
        }
    }
}

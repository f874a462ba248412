using NetGen.Conformance.Tests.Keras;

namespace NetGen.Conformance.Tests;

public sealed class ScheduleCaseTests
{
    [Fact]
    public void Learning_rates() => CaseTable.Check("lr_schedule", c =>
        KerasArray.FromScalar(Create(c).At((long)c.Ops[^1].Args[0].AsArray().Data.Single())));

    private static Schedule Create(KerasCase c)
    {
        return c.Class switch
        {
            "ExponentialDecay" => new ExponentialDecay(
                Number("initial_learning_rate", 0), Steps("decay_steps", 1), Number("decay_rate", 2), Number("staircase", 3, 0) is 1),
            "InverseTimeDecay" => new InverseTimeDecay(
                Number("initial_learning_rate", 0), Steps("decay_steps", 1), Number("decay_rate", 2), Number("staircase", 3, 0) is 1),
            "PiecewiseConstantDecay" => new PiecewiseConstantDecay(
                [.. c.Args[0].Items().Select(x => (long)x.AsDouble())], [.. c.Args[1].Items().Select(x => x.AsDouble())]),
            "PolynomialDecay" => new PolynomialDecay(
                Number("initial_learning_rate", 0), Steps("decay_steps", 1), Number("end_learning_rate", 2, 0.0001), Number("power", 3, 1), Number("cycle", 4, 0) is 1),
            "CosineDecay" => new CosineDecay(
                Number("initial_learning_rate", 0), Steps("decay_steps", 1), Number("alpha", 2, 0), c.Config("warmup_target")?.AsDouble(), (long)Number("warmup_steps", 5, 0)),
            "CosineDecayRestarts" => new CosineDecayRestarts(
                Number("initial_learning_rate", 0), Steps("first_decay_steps", 1), Number("t_mul", 2, 2), Number("m_mul", 3, 1), Number("alpha", 4, 0)),
            _ => throw new NotCoveredException($"the schedule {c.Class}"),
        };

        double Number(string name, int position, double? otherwise = null)
            => c.Config(name)?.AsDouble() ?? (position < c.Args.Count ? c.Args[position].AsDouble() : otherwise ?? throw new KeyNotFoundException(name));

        long Steps(string name, int position) => (long)Number(name, position);
    }
}

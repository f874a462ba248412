using CsCheck;

namespace NetGen.Tests;

public sealed class ScheduleTests
{
    private static readonly Gen<(double Rate, long Steps, double Factor, long At)> Settings =
        Gen.Select(Gen.Double[1e-6, 1], Gen.Long[1, 1000], Gen.Double[0.1, 1], Gen.Long[0, 5000]);

    [Fact]
    public void Exponential_decay_multiplies_once_per_period() => Settings.Sample(s =>
    {
        var (rate, steps, factor, at) = s;
        Schedule smooth = new ExponentialDecay(rate, steps, factor), stairs = new ExponentialDecay(rate, steps, factor, staircase: true);
        Assert.Equal(rate, smooth.At(0));
        Near(smooth.At(at) * factor, smooth.At(at + steps));
        Near(rate * Math.Exp(Math.Log(factor) * (at / steps)), stairs.At(at));
    });

    [Fact]
    public void Inverse_time_decay_divides_by_a_line() => Settings.Sample(s =>
    {
        var (rate, steps, factor, at) = s;
        Near(rate, new InverseTimeDecay(rate, steps, factor).At(at) * (1 + (factor * at / steps)));
        Near(rate, new InverseTimeDecay(rate, steps, factor, staircase: true).At(at) * (1 + (factor * (at / steps))));
    });

    [Fact]
    public void Piecewise_values_include_their_boundaries()
    {
        Schedule schedule = new PiecewiseConstantDecay([100, 110], [1, 0.5, 0.1]);
        Assert.Equal([1, 1, 0.5, 0.5, 0.1, 0.1], new long[] { 0, 100, 101, 110, 111, 1_000_000 }.Select(schedule.At));
        Assert.Equal(0.3, new PiecewiseConstantDecay([], [0.3]).At(7));
    }

    [Fact]
    public void Polynomial_decay_ends_or_cycles() => Settings.Sample(s =>
    {
        var (rate, steps, factor, at) = s;
        double end = rate * factor;
        Near(end, new PolynomialDecay(rate, steps, end).At(steps + at));
        Near(rate + ((end - rate) * Math.Min(at, steps) / steps), new PolynomialDecay(rate, steps, end).At(at));
        long period = steps * Math.Max(1, (at + steps - 1) / steps);
        Near(((rate - end) * Math.Sqrt(1 - ((double)at / period))) + end, new PolynomialDecay(rate, steps, end, 0.5, cycle: true).At(at), 1e-7);
    });

    [Fact]
    public void Cosine_decay_is_symmetric_about_its_middle() => Settings.Sample(s =>
    {
        var (rate, steps, alpha, at) = s;
        Schedule schedule = new CosineDecay(rate, steps, alpha);
        at %= steps + 1;
        Near(rate * (1 + alpha), schedule.At(at) + schedule.At(steps - at));
        Near(rate * alpha, schedule.At(steps + at));
        Assert.True(at == 0 || schedule.At(at) <= schedule.At(at - 1));
    });

    [Fact]
    public void Warm_up_is_a_line_to_the_target() => Settings.Sample(s =>
    {
        var (rate, steps, target, at) = s;
        Schedule schedule = new CosineDecay(rate, 50, 0.2, target, steps);
        Near(at < steps ? rate + ((target - rate) * at / steps) : new CosineDecay(target, 50, 0.2).At(at - steps), schedule.At(at));
    });

    [Theory]
    [InlineData(10, 2.0), InlineData(7, 1.5), InlineData(3, 3.0), InlineData(5, 1.0), InlineData(10, 1.1)]
    public void Cosine_decay_restarts_exactly_where_a_period_ends(int first, double tMul)
    {
        Schedule schedule = new CosineDecayRestarts(1, first, tMul, 0.5, 0.1);
        double start = 0, length = first, top = 1;
        for (int period = 0; period < 8; period++, start += length, length *= tMul, top *= 0.5)
        {
            for (long step = (long)Math.Ceiling(start); step < start + length - 1e-9; step++)
            {
                double cosine = 0.5 * top * (1 + Math.Cos(Math.PI * (step - start) / length));
                Near((0.9 * cosine) + 0.1, schedule.At(step), 1e-9);
            }
        }
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Refuses("decaySteps", () => new ExponentialDecay(1, 0, 1));
        Refuses("decaySteps", () => new InverseTimeDecay(1, -1, 1));
        Refuses("decaySteps", () => new PolynomialDecay(1, 0));
        Refuses("decaySteps", () => new CosineDecay(1, 0));
        Refuses("warmupSteps", () => new CosineDecay(1, 1, warmupTarget: 1, warmupSteps: -1));
        Refuses("firstDecaySteps", () => new CosineDecayRestarts(1, 0));
        Refuses("tMul", () => new CosineDecayRestarts(1, 1, 0.5));
        Refuses("initialLearningRate", () => new CosineDecay(double.NaN, 1));
        foreach (double rate in new[] { 0, -0.0, double.NaN, double.PositiveInfinity })
        {
            Refuses("initialLearningRate", () => new ExponentialDecay(rate, 1, 1));
            Refuses("initialLearningRate", () => new InverseTimeDecay(rate, 1, 1));
            Refuses("initialLearningRate", () => new PolynomialDecay(rate, 1));
            Refuses("initialLearningRate", () => new CosineDecay(rate, 1));
            Refuses("initialLearningRate", () => new CosineDecayRestarts(rate, 1));
            Refuses("warmupTarget", () => new CosineDecay(1, 1, warmupTarget: rate, warmupSteps: 1));
        }

        Assert.Equal(0.5, new CosineDecay(0, 10, warmupTarget: 1, warmupSteps: 2).At(1));
        Refuses("endLearningRate", () => new PolynomialDecay(1, 1, -1));
        Refuses("values", () => new PiecewiseConstantDecay([1], [1, double.NaN]));
        Assert.Throws<ArgumentException>(() => new PiecewiseConstantDecay([1, 2], [1, 2]));
        Assert.Throws<ArgumentException>(() => new PiecewiseConstantDecay([2, 2], [1, 2, 3]));

        static void Refuses(string name, Func<Schedule> create)
            => Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => create()).ParamName);
    }

    private static void Near(double expected, double actual, double tolerance = 1e-12)
        => Assert.Equal(expected, actual, tolerance * Math.Max(1, Math.Abs(expected)));
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Tests;

/// <summary>Every function of one argument, in every width, against double precision over samples of all float bit patterns.</summary>
public sealed class VectorMathTests
{
    private sealed record Function(
        Func<Vector512<float>, Vector512<float>> On512, Func<Vector256<float>, Vector256<float>> On256,
        Func<Vector128<float>, Vector128<float>> On128, Func<float, float> OnScalar, Func<double, double> Exact,
        double MaxUlp, double MaxUlpUnfused);

    private static readonly Dictionary<string, Function> Functions = new()
    {
        ["Exp"] = new(VectorMath.Exp, VectorMath.Exp, VectorMath.Exp, VectorMath.Exp, Math.Exp, 1.2, 1.2),
        ["Expm1"] = new(VectorMath.Expm1, VectorMath.Expm1, VectorMath.Expm1, VectorMath.Expm1, Exact.Expm1, 1.8, 1.8),
        ["Sigmoid"] = new(VectorMath.Sigmoid, VectorMath.Sigmoid, VectorMath.Sigmoid, VectorMath.Sigmoid, Exact.Sigmoid, 2.5, 2.5),
        ["Tanh"] = new(VectorMath.Tanh, VectorMath.Tanh, VectorMath.Tanh, VectorMath.Tanh, Math.Tanh, 5.3, 5.8),
        ["Erf"] = new(VectorMath.Erf, VectorMath.Erf, VectorMath.Erf, VectorMath.Erf, Exact.Erf, 6.0, 7.0),
        ["Log"] = new(VectorMath.Log, VectorMath.Log, VectorMath.Log, VectorMath.Log, Math.Log, 0.9, 0.9),
        ["Log1p"] = new(VectorMath.Log1p, VectorMath.Log1p, VectorMath.Log1p, VectorMath.Log1p, Exact.Log1p, 2.0, 2.0),
        ["Softplus"] = new(VectorMath.Softplus, VectorMath.Softplus, VectorMath.Softplus, VectorMath.Softplus, Exact.Softplus, 1.9, 1.9),
        ["Sin"] = new(VectorMath.Sin, VectorMath.Sin, VectorMath.Sin, VectorMath.Sin, Math.Sin, 0.6, 0.6),
        ["Cos"] = new(VectorMath.Cos, VectorMath.Cos, VectorMath.Cos, VectorMath.Cos, Math.Cos, 0.6, 0.6),
        ["Tan"] = new(VectorMath.Tan, VectorMath.Tan, VectorMath.Tan, VectorMath.Tan, Math.Tan, 0.6, 0.6),
        ["Asin"] = new(VectorMath.Asin, VectorMath.Asin, VectorMath.Asin, VectorMath.Asin, Math.Asin, 0.6, 0.6),
        ["Acos"] = new(VectorMath.Acos, VectorMath.Acos, VectorMath.Acos, VectorMath.Acos, Math.Acos, 0.6, 0.6),
        ["Atan"] = new(VectorMath.Atan, VectorMath.Atan, VectorMath.Atan, VectorMath.Atan, Math.Atan, 0.6, 0.6),
        ["Sinh"] = new(VectorMath.Sinh, VectorMath.Sinh, VectorMath.Sinh, VectorMath.Sinh, Exact.Sinh, 0.6, 0.6),
        ["Cosh"] = new(VectorMath.Cosh, VectorMath.Cosh, VectorMath.Cosh, VectorMath.Cosh, Math.Cosh, 0.6, 0.6),
        ["Asinh"] = new(VectorMath.Asinh, VectorMath.Asinh, VectorMath.Asinh, VectorMath.Asinh, Exact.Asinh, 0.6, 0.6),
        ["Acosh"] = new(VectorMath.Acosh, VectorMath.Acosh, VectorMath.Acosh, VectorMath.Acosh, Exact.Acosh, 0.6, 0.6),
        ["Atanh"] = new(VectorMath.Atanh, VectorMath.Atanh, VectorMath.Atanh, VectorMath.Atanh, Exact.Atanh, 0.6, 0.6),
        ["RoundToHalf"] = new(VectorMath.RoundToHalf, VectorMath.RoundToHalf, VectorMath.RoundToHalf, VectorMath.RoundToHalf, x => (double)(Half)x, 0.0, 0.0),
        ["RoundToBFloat16"] = new(
            VectorMath.RoundToBFloat16, VectorMath.RoundToBFloat16, VectorMath.RoundToBFloat16, VectorMath.RoundToBFloat16, Exact.BFloat16, 0.0, 0.0),
        ["ReciprocalSqrt"] = new(VectorMath.ReciprocalSqrt, VectorMath.ReciprocalSqrt, VectorMath.ReciprocalSqrt, VectorMath.ReciprocalSqrt,
            x => 1 / Math.Sqrt(x), 1.5, 1.5),
        ["Relu"] = new(VectorMath.Relu, VectorMath.Relu, VectorMath.Relu, VectorMath.Relu, x => x > 0 ? x : x * 0, 0.0, 0.0),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    // A stride prime to every power of two visits all exponents and signs; software vectors are too slow for as many.
    private static uint Stride => Vector512.IsHardwareAccelerated ? 997u : Vector128.IsHardwareAccelerated ? 4001u : 99991u;

    [Theory, MemberData(nameof(Names))]
    public void Error_stays_below_the_documented_bound_in_every_width(string name)
    {
        Function function = Functions[name];
        double worst = 0;
        float worstAt = 0;
        Span<float> x = stackalloc float[16], values = stackalloc float[16];
        for (ulong first = 0; first <= uint.MaxValue; first += 16 * (ulong)Stride)
        {
            for (int i = 0; i < 16; i++)
                x[i] = BitConverter.UInt32BitsToSingle((uint)(first + (ulong)i * Stride));
            Vector512<float> y = function.On512(Vector512.Create<float>(x));
            Vector512<float> halves = Vector512.Create(
                function.On256(Vector256.Create<float>(x)), function.On256(Vector256.Create<float>(x[8..])));
            Vector512<float> quarters = Vector512.Create(
                Vector256.Create(function.On128(Vector128.Create<float>(x)), function.On128(Vector128.Create<float>(x[4..]))),
                Vector256.Create(function.On128(Vector128.Create<float>(x[8..])), function.On128(Vector128.Create<float>(x[12..]))));
            AssertSame(name, x, y, halves);
            AssertSame(name, x, y, quarters);
            Assert.True(Same(y[3], function.OnScalar(x[3])), $"{name}({x[3]:R}): vector {y[3]:R}, scalar {function.OnScalar(x[3]):R}");
            y.CopyTo(values);
            for (int i = 0; i < 16; i++)
            {
                double error = Exact.UlpError(name, x[i], values[i], function.Exact(x[i]));
                if (!(error <= worst))
                    (worst, worstAt) = (error, x[i]);
            }
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {worst:F3} ulp at {worstAt:R} (fused: {VectorMath.IsFused})");
        double bound = VectorMath.IsFused ? function.MaxUlp : function.MaxUlpUnfused;
        Assert.True(worst <= bound, $"{name}: {worst:F3} ulp at {worstAt:R}, bound {bound}");
    }

    [Theory]
    [InlineData("Exp", new[] { 0f, -0f, float.PositiveInfinity, float.NegativeInfinity, 88.8f, -104f, 1000f, -1000f, float.MaxValue },
        new[] { 1f, 1f, float.PositiveInfinity, 0f, float.PositiveInfinity, 0f, float.PositiveInfinity, 0f, float.PositiveInfinity })]
    [InlineData("Expm1", new[] { 0f, float.PositiveInfinity, float.NegativeInfinity, 88.8f, -50f, float.MinValue },
        new[] { 0f, float.PositiveInfinity, -1f, float.PositiveInfinity, -1f, -1f })]
    [InlineData("Sigmoid", new[] { 0f, float.PositiveInfinity, float.NegativeInfinity, 30f, -1000f, 1000f },
        new[] { 0.5f, 1f, 0f, 1f, 0f, 1f })]
    [InlineData("Tanh", new[] { 0f, float.PositiveInfinity, float.NegativeInfinity, 20f, -20f, float.MaxValue },
        new[] { 0f, 1f, -1f, 1f, -1f, 1f })]
    [InlineData("Erf", new[] { 0f, float.PositiveInfinity, float.NegativeInfinity, 5f, -5f, float.MaxValue },
        new[] { 0f, 1f, -1f, 1f, -1f, 1f })]
    [InlineData("Log", new[] { 1f, 0f, -0f, float.PositiveInfinity, float.NegativeInfinity, -1f, float.Epsilon },
        new[] { 0f, float.NegativeInfinity, float.NegativeInfinity, float.PositiveInfinity, float.NaN, float.NaN, -103.278929f })]
    [InlineData("Log1p", new[] { 0f, -1f, float.PositiveInfinity, float.NegativeInfinity, -1.5f, float.MaxValue },
        new[] { 0f, float.NegativeInfinity, float.PositiveInfinity, float.NaN, float.NaN, 88.72284f })]
    [InlineData("Softplus", new[] { float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, -1000f, 100f },
        new[] { float.PositiveInfinity, 0f, float.MaxValue, 0f, 100f })]
    [InlineData("Sin", new[] { 0f, float.PositiveInfinity, float.NegativeInfinity },
        new[] { 0f, float.NaN, float.NaN })]
    [InlineData("Cos", new[] { 0f, float.PositiveInfinity, float.NegativeInfinity },
        new[] { 1f, float.NaN, float.NaN })]
    [InlineData("Tan", new[] { 0f, float.PositiveInfinity, float.NegativeInfinity }, new[] { 0f, float.NaN, float.NaN })]
    [InlineData("Asin", new[] { 0f, 1f, -1f, 1.0000001f, float.NegativeInfinity }, new[] { 0f, 1.57079637f, -1.57079637f, float.NaN, float.NaN })]
    [InlineData("Acos", new[] { 0f, 1f, -1f, -1.0000001f, float.PositiveInfinity }, new[] { 1.57079637f, 0f, 3.14159274f, float.NaN, float.NaN })]
    [InlineData("Atan", new[] { 0f, 1f, float.PositiveInfinity, float.NegativeInfinity }, new[] { 0f, 0.7853982f, 1.57079637f, -1.57079637f })]
    [InlineData("Sinh", new[] { 0f, 90f, -90f, float.NegativeInfinity },
        new[] { 0f, float.PositiveInfinity, float.NegativeInfinity, float.NegativeInfinity })]
    [InlineData("Cosh", new[] { 0f, 90f, -90f, float.NegativeInfinity },
        new[] { 1f, float.PositiveInfinity, float.PositiveInfinity, float.PositiveInfinity })]
    [InlineData("Asinh", new[] { 0f, float.PositiveInfinity, float.NegativeInfinity },
        new[] { 0f, float.PositiveInfinity, float.NegativeInfinity })]
    [InlineData("Acosh", new[] { 1f, 0.99999994f, -2f, float.PositiveInfinity, float.NegativeInfinity },
        new[] { 0f, float.NaN, float.NaN, float.PositiveInfinity, float.NaN })]
    [InlineData("Atanh", new[] { 0f, 1f, -1f, 1.0000001f, float.NegativeInfinity },
        new[] { 0f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, float.NaN })]
    [InlineData("RoundToHalf", new[] { 2049f, 2051f, 65519f, 65520f, float.NegativeInfinity, 8.9406967e-8f },
        new[] { 2048f, 2052f, 65504f, float.PositiveInfinity, float.NegativeInfinity, 1.1920929e-7f })]
    [InlineData("RoundToBFloat16", new[] { 257f, 259f, float.MaxValue, float.NegativeInfinity },
        new[] { 256f, 260f, float.PositiveInfinity, float.NegativeInfinity })]
    [InlineData("ReciprocalSqrt", new[] { 0f, 4f, float.PositiveInfinity, -1f },
        new[] { float.PositiveInfinity, 0.5f, 0f, float.NaN })]
    [InlineData("Relu", new[] { 0f, 2f, -2f, float.PositiveInfinity, float.NegativeInfinity },
        new[] { 0f, 2f, 0f, float.PositiveInfinity, 0f })]
    public void Limits_are_exact(string name, float[] x, float[] expected)
    {
        Function function = Functions[name];
        for (int i = 0; i < x.Length; i++)
            Assert.All([function.On512(Vector512.Create(x[i]))[0], function.On256(Vector256.Create(x[i]))[0], function.OnScalar(x[i])],
                y => Assert.True(Same(y, expected[i]), $"{name}({x[i]:R}) = {y:R}, expected {expected[i]:R}"));
    }

    [Theory, MemberData(nameof(Names))]
    public void NaN_gives_NaN(string name)
    {
        Function function = Functions[name];
        foreach (uint bits in (uint[])[0x7FC00000, 0xFFC00000, 0x7F800001, 0xFFFFFFFF, 0x7FFFFFFF])
        {
            float x = BitConverter.UInt32BitsToSingle(bits);
            Assert.True(float.IsNaN(function.On512(Vector512.Create(x))[5]));
            Assert.True(float.IsNaN(function.On256(Vector256.Create(x))[5]));
            Assert.True(float.IsNaN(function.On128(Vector128.Create(x))[2]));
            Assert.True(float.IsNaN(function.OnScalar(x)));
        }
    }

    [Fact]
    public void Max_and_min_propagate_NaN_from_either_side()
    {
        float[] values = [float.NaN, -1f, 0f, 2f, float.PositiveInfinity, float.NegativeInfinity];
        foreach (float a in values)
        {
            foreach (float b in values)
            {
                float max = float.IsNaN(a) || float.IsNaN(b) ? float.NaN : a > b ? a : b, min = float.IsNaN(max) ? max : a < b ? a : b;
                Assert.Equal(Vector512.Create(max), VectorMath.Max(Vector512.Create(a), Vector512.Create(b)));
                Assert.Equal(Vector256.Create(max), VectorMath.Max(Vector256.Create(a), Vector256.Create(b)));
                Assert.Equal(Vector128.Create(max), VectorMath.Max(Vector128.Create(a), Vector128.Create(b)));
                Assert.Equal(max, VectorMath.Max(a, b));
                Assert.Equal(Vector512.Create(min), VectorMath.Min(Vector512.Create(a), Vector512.Create(b)));
                Assert.Equal(Vector256.Create(min), VectorMath.Min(Vector256.Create(a), Vector256.Create(b)));
                Assert.Equal(Vector128.Create(min), VectorMath.Min(Vector128.Create(a), Vector128.Create(b)));
                Assert.Equal(min, VectorMath.Min(a, b));
            }
        }
    }

    [Fact]
    public void Fmod_is_exact()
    {
        Random random = new(11);
        float[] values = [0f, 1f, -1f, 0.1f, -7.5f, 3f, float.PositiveInfinity, float.NaN, float.MaxValue, float.Epsilon, .. Enumerable.Range(0, 200).Select(_ => RandomFloat())];
        foreach (float a in values)
        {
            foreach (float b in values)
            {
                float expected = a % b;
                float[] actual = [VectorMath.Fmod(Vector512.Create(a), Vector512.Create(b))[3], VectorMath.Fmod(Vector256.Create(a), Vector256.Create(b))[3], VectorMath.Fmod(a, b)];
                Assert.All(actual, y => Assert.True(Same(y, expected), $"fmod({a:R}, {b:R}) = {y:R}, expected {expected:R}"));
            }
        }

        float RandomFloat() => (float)((random.NextDouble() - 0.5) * Math.Pow(2, random.Next(-30, 31)));
    }

    private static void AssertSame(string name, ReadOnlySpan<float> x, Vector512<float> expected, Vector512<float> actual)
    {
        if (Vector512.EqualsAll(expected.AsInt32(), actual.AsInt32()))
            return;
        for (int i = 0; i < 16; i++)
            Assert.True(Same(expected[i], actual[i]), $"{name}({x[i]:R}): 512 bits give {expected[i]:R}, fewer {actual[i]:R}");
    }

    // All NaN are one; +0 and -0 are one.
    private static bool Same(float a, float b) => a == b || (float.IsNaN(a) && float.IsNaN(b));
}

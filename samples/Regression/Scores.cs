namespace NetGen.Samples;

/// <summary>How far predictions are from the truth, in the target's unit.</summary>
/// <param name="MeanAbsoluteError">The mean of |y - p|.</param>
/// <param name="RootMeanSquaredError">The root of the mean of (y - p)^2.</param>
/// <param name="R2">The part of the variance that is explained.</param>
internal sealed record Scores(double MeanAbsoluteError, double RootMeanSquaredError, double R2)
{
    public static Scores Of(float[] expected, float[] found)
    {
        double mean = expected.Average(), absolute = 0, squares = 0, variance = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double error = expected[i] - found[i];
            absolute += Math.Abs(error);
            squares += error * error;
            variance += (expected[i] - mean) * (expected[i] - mean);
        }

        return new Scores(absolute / expected.Length, Math.Sqrt(squares / expected.Length), 1 - (squares / variance));
    }
}

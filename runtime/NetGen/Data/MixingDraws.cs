namespace NetGen;

/// <summary>The random numbers of one mixed batch: a pure function of the seed, the epoch and the batch's place in it, so that a resumed run draws what it would have drawn.</summary>
internal struct MixingDraws(ulong seed, int epoch, int batch)
{
    // The letters "MIXB": a stream apart from those of the layers and of the samples' order.
    private const uint Stream = 0x4D495842;

    private uint next;

    /// <summary>A number in [0, 1) of 53 bits.</summary>
    public double Uniform() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>All numbers below the length in random order (Fisher-Yates, Durstenfeld's form, 1964).</summary>
    public void Order(Span<int> order)
    {
        for (int i = 0; i < order.Length; i++) order[i] = i;
        for (int i = order.Length - 1; i > 0; i--)
        {
            int j = (int)Math.BigMul(Bits(), (ulong)(i + 1), out _);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }

    /// <summary>A number of the distribution Beta(a, a), from two of Gamma(a). They are kept as logarithms, as both vanish where a is small.</summary>
    /// <param name="a">Above 0.</param>
    public double Beta(double a)
    {
        double first = LogGamma(a), second = LogGamma(a);
        return 1 / (1 + Math.Exp(second - first));
    }

    /// <summary>
    /// The logarithm of a number of Gamma(a), by Marsaglia and Tsang ("A simple method for generating gamma variables", 2000): one of Gamma(a + 1), times u^(1 / a).
    /// </summary>
    private double LogGamma(double a)
    {
        double d = a + (2.0 / 3), c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = Normal(), root = 1 + (c * x);
            if (root <= 0) continue;
            double v = root * root * root;
            if (Math.Log(1 - Uniform()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
                return Math.Log(d * v) + (Math.Log(1 - Uniform()) / a);
        }
    }

    /// <summary>A number of the normal distribution (Box and Muller 1958).</summary>
    private double Normal()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - Uniform()));
        return radius * Math.Cos(2 * Math.PI * Uniform());
    }

    private ulong Bits()
    {
        (uint low, uint high, _, _) = Philox.Generate(seed, next++, (uint)batch, (uint)epoch, Stream);
        return ((ulong)high << 32) | low;
    }
}

using System.Globalization;

namespace NetGen.Generator;

/// <summary>A size known only at run time: the batch, a time, or something derived from one.</summary>
internal abstract record Symbol : IComparable<Symbol>
{
    public abstract string Name { get; }

    public int CompareTo(Symbol? other) => string.CompareOrdinal(this.Name, other?.Name);

    public sealed override string ToString() => this.Name;
}

/// <summary>The batch (<c>n</c>) or the time of an input (<c>t</c>, <c>t_target</c>).</summary>
internal sealed record NamedSymbol(string Id) : Symbol
{
    public override string Name => this.Id;
}

/// <summary>floor((Of + Offset) / Divisor), as a strided or padded sequence has it, or one to which a step is added.</summary>
internal sealed record DerivedSymbol(Dim Of, long Offset, long Divisor) : Symbol
{
    public override string Name => this.Divisor == 1 ? FormattableString.Invariant($"({this.Of} + {this.Offset})") : FormattableString.Invariant($"(({this.Of} + {this.Offset}) / {this.Divisor})");
}

/// <summary>How many steps of a time the present window of a loop takes: <c>Size</c>, and the last one what is left. Outside of the loop it is the most that there can be.</summary>
internal sealed record WindowSymbol(Dim Time, long Size) : Symbol
{
    public override string Name => FormattableString.Invariant($"window{this.Size}_") + string.Concat(this.Time.ToString().Select(c => char.IsLetterOrDigit(c) ? c : '_'));
}

/// <summary>
/// One dimension: a constant, or a constant times symbols (<c>64</c>, <c>n</c>, <c>2·n·t</c>). What is affine or divided is a symbol of its own,
/// so that products stay products and the arena can be planned per product of symbols.
/// </summary>
internal sealed record Dim(long Scale, EquatableArray<Symbol> Symbols)
{
    public static readonly Dim Batch = Of(new NamedSymbol("n"));

    /// <summary>The number of threads that run a program, for scratch memory of which each has its own.</summary>
    public static readonly Dim Parts = Of(new NamedSymbol("parts"));

    /// <summary>The calls of a stream before the present one.</summary>
    public static readonly Dim Past = Of(new NamedSymbol("past"));

    /// <summary>The calls that a stream has room for.</summary>
    public static readonly Dim Room = Of(new NamedSymbol("room"));

    private static readonly Dim One = new(1, EquatableArray<Symbol>.Empty);

    public bool IsConstant => this.Symbols.Count == 0;

    public bool IsOne => this.Scale == 1 && this.IsConstant;

    /// <summary>The value of a constant dimension.</summary>
    public long Constant => this.IsConstant ? this.Scale : throw new InvalidOperationException("The dimension " + this + " is not constant.");

    public static Dim Of(Symbol symbol) => new(1, EquatableArray.Of(symbol));

    public static Dim Time(string name) => Of(new NamedSymbol(name));

    public static implicit operator Dim(long value) => value == 1 ? One : new(value, EquatableArray<Symbol>.Empty);

    public static implicit operator Dim(int value) => (long)value;

    public static Dim operator *(Dim left, Dim right) => new(
        checked(left.Scale * right.Scale),
        right.IsConstant ? left.Symbols : left.IsConstant ? right.Symbols : left.Symbols.Concat(right.Symbols).OrderBy(s => s).ToEquatableArray());

    /// <summary>floor((this + offset) / divisor), in one form for equal numbers as far as division tells.</summary>
    public Dim Affine(long offset, long divisor)
    {
        if (this.IsConstant)
        {
            return Floor(this.Scale + offset, divisor);
        }

        if (offset == 0 && divisor == 1)
        {
            return this;
        }

        // floor((floor((a + b) / c) + d) / e) is floor((a + b + c d) / (c e)).
        if (this.Scale == 1 && this.Symbols.Count == 1 && this.Symbols[0] is DerivedSymbol inner)
        {
            return inner.Of.Affine(checked(inner.Offset + (inner.Divisor * offset)), checked(inner.Divisor * divisor));
        }

        // What divides both the scale and the divisor leaves of the offset only its quotient.
        long common = CommonDivisor(this.Scale, divisor);
        return common > 1
            ? new Dim(this.Scale / common, this.Symbols).Affine(Floor(offset, common), divisor / common)
            : Of(new DerivedSymbol(this, offset, divisor));
    }

    /// <summary>The exact quotient, or null where it is not known to be whole.</summary>
    public Dim? Divide(Dim divisor)
    {
        if (divisor.Scale == 0 || this.Scale % divisor.Scale != 0)
        {
            return null;
        }

        List<Symbol> rest = [.. this.Symbols];
        foreach (Symbol symbol in divisor.Symbols)
        {
            if (!rest.Remove(symbol))
            {
                return null;
            }
        }

        return new Dim(this.Scale / divisor.Scale, rest.ToEquatableArray());
    }

    /// <summary>The number that the dimension is under the given sizes of the named symbols.</summary>
    public long Evaluate(IReadOnlyDictionary<string, long> sizes)
    {
        long value = this.Scale;
        foreach (Symbol symbol in this.Symbols)
        {
            value *= symbol switch
            {
                NamedSymbol named => sizes[named.Id],
                DerivedSymbol derived => Floor(derived.Of.Evaluate(sizes) + derived.Offset, derived.Divisor),
                WindowSymbol window => sizes.TryGetValue(window.Name, out long steps) ? steps : Math.Min(window.Size, window.Time.Evaluate(sizes)),
                _ => throw new InvalidOperationException(symbol.Name),
            };
        }

        return value;
    }

    private static long CommonDivisor(long a, long b) => b == 0 ? a : CommonDivisor(b, a % b);

    private static long Floor(long value, long divisor) => value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor);

    public override string ToString() =>
        this.IsConstant ? this.Scale.ToString(CultureInfo.InvariantCulture)
        : (this.Scale == 1 ? "" : this.Scale.ToString(CultureInfo.InvariantCulture) + "*") + string.Join("*", this.Symbols);
}

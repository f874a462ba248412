namespace NetGen.Generator;

/// <summary>The symbols of an expression: a block's parameters, the sizes of its input, and the index of a repetition. Inner ones hide outer ones.</summary>
internal sealed class SymbolTable(SymbolTable? outer = null)
{
    private readonly Dictionary<string, ArgumentValue> symbols = new(StringComparer.Ordinal);

    public ArgumentValue this[string name]
    {
        set => this.symbols[name] = value;
    }

    public IEnumerable<string> Names => outer is null ? this.symbols.Keys : this.symbols.Keys.Concat(outer.Names);

    public ArgumentValue? Find(string name) => this.symbols.TryGetValue(name, out ArgumentValue? value) ? value : outer?.Find(name);

    /// <summary>A table with the constant sizes of an input beside these symbols: height, width, channels of an image; length and channels of a sequence.</summary>
    public SymbolTable WithSizes(Shape? input)
    {
        if (input is null || input.Rank < 2)
        {
            return this;
        }

        SymbolTable table = new(this);
        Define("channels", input.Last);
        if (input.Rank == 3)
        {
            Define("length", input[1]);
        }
        else if (input.Rank == 4)
        {
            Define("height", input[1]);
            Define("width", input[2]);
        }

        return table;

        void Define(string name, Dim size)
        {
            if (size.IsConstant)
            {
                table[name] = new IntegerValue(size.Constant);
            }
        }
    }

    public SymbolTable With(string name, ArgumentValue value) => new(this) { [name] = value };
}

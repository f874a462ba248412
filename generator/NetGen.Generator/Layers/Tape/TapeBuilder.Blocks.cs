namespace NetGen.Generator;

/// <content>Blocks and Reuse.</content>
internal sealed partial class TapeBuilder
{
    private Tap RunBlock(Attempt attempt, TapeApplication application, BlockSpec block, Tap input, TapeScope scope, bool isReuse)
    {
        TapeFrame frame = application.Frame;
        ArgumentReader reader = new(block, application.Symbols, attempt.Place);
        for (TapeFrame? outer = frame; outer is not null; outer = outer.Outer)
        {
            if (outer.Block?.Kind == block.Kind)
            {
                throw reader.Fail("NG0016", null, $"The block {block.Kind} contains itself: {frame.Path}{block.Kind}.");
            }
        }

        if (frame.Depth >= MaximumDepth)
        {
            throw reader.Fail("NG0025", null, $"Blocks are nested more than {MaximumDepth} deep.");
        }

        SymbolTable symbols = new SymbolTable().WithSizes(input.Value!.Shape);
        if (application.Symbols.Find("i") is { } index)
        {
            symbols = symbols.With("i", index);
        }

        symbols = new SymbolTable(symbols);
        foreach (BlockParameter parameter in block.Parameters)
        {
            symbols[parameter.Name] = this.Bind(attempt, reader, block, parameter);
        }

        string name = application.Name.Substring(frame.Scope.Prefix.Length);
        TapeScope inner = name.Length == 0 ? scope
            : isReuse ? new TapeScope(scope, frame.Scope.Prefix + name + "/")
            : scope.Child(name);
        TapeFrame body = new(inner, symbols, application.Toggle, input, block, frame) { IsReuse = isReuse, Infers = application.Infers };
        foreach (ElementSpec element in block.Body)
        {
            this.Apply(At(element, attempt.Attribute), body);
        }

        return body.Current!.Value is null ? throw new PoisonException() : body.Current;
    }

    /// <summary>The element as a part of what the user wrote at an attribute: problems go there.</summary>
    private static ElementSpec At(ElementSpec element, int attribute) => element.Attribute == attribute ? element : element with { Attribute = attribute };

    private ArgumentValue Bind(Attempt attempt, ArgumentReader reader, BlockSpec block, BlockParameter parameter)
    {
        string argument = PascalCase.From(parameter.Name);
        if (block.Find(argument)?.Value is not { } given)
        {
            return parameter.Default ?? throw reader.Fail("NG0019", null, $"{attempt.Place} needs its argument '{parameter.Name}'.");
        }

        if (given is TextValue text && parameter.IsText)
        {
            return new TextValue(reader.Text(argument)!);
        }

        try
        {
            return reader.Value(argument)!;
        }
        catch (ProblemException) when (given is TextValue && parameter.Default is TextValue)
        {
            // A parameter that is a text by default takes words that are no expression as they are.
            return new TextValue(reader.Text(argument)!);
        }
    }

    private void ApplyReuse(Attempt attempt)
    {
        TapeFrame frame = attempt.Frame;
        ArgumentReader reader = this.Reader(attempt, frame.Symbols);
        string name = this.GivenName(attempt, reader, isRepetition: false) ?? frame.Scope.Unique("reuse");
        attempt.Name = name;
        string target = reader.Text("Layer") ?? throw reader.Missing("Layer");
        if (frame.Scope.FindApplication(target) is not { } application)
        {
            if (frame.Scope.Find(target) is { Value: null })
            {
                throw new PoisonException();
            }

            string? nearest = NearestName.Find(target, frame.Scope.Names);
            throw reader.Fail("NG0010", "Layer", $"There is no layer named '{target}' before this.{NearestName.Question(nearest)}", nearest);
        }

        List<Tap> inputs = [this.ReuseInput(reader, frame)];
        attempt.Place = $"Reuse of '{application.Name}'";
        Attempt inner = new(application.Element, new TapeFrame(frame.Scope, application.Symbols, application.Toggle, frame.Input, frame.Block, frame.Outer), attempt.Attribute, attempt.Place) { Name = name };
        switch (LayerTable.Find(application.Element.Kind)?.Inputs)
        {
            case { Least: > 1 }:
                throw reader.Fail("NG0020", "Layer", $"{application.Element.Kind} takes several inputs, and Reuse gives one; it has no weights to share, so write it again.");
            case { Most: 0 }:
                throw reader.Fail("NG0020", "Layer", $"{application.Element.Kind} takes no input and gives the same everywhere; take '{target}' by its name.");
        }

        Tap output = this.Run(inner, application, inputs, application.Frame.Scope, isReuse: true);
        frame.Scope.Add(name, output);
        frame.Scope.Add(name, application);
        frame.Current = output;
    }

    private Tap ReuseInput(ArgumentReader reader, TapeFrame frame)
    {
        Tap input = reader.Text("From") is { } from ? this.Resolve(from, frame, reader, "From")
            : frame.Current ?? throw reader.Fail("NG0013", null, "Reuse has no input: the tape must begin with [Input(...)].");
        input.Used = true;
        return input;
    }
}

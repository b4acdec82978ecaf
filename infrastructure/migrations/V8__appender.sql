-- What a batch of commands relies on is said in the batch: where it is not so, the whole batch is rolled back, in the
-- same round trip in which it was sent.
CREATE FUNCTION require(fulfilled boolean) RETURNS void LANGUAGE plpgsql AS
$$ BEGIN
    IF fulfilled IS NOT TRUE THEN
        RAISE EXCEPTION 'not as it was when the decision fell' USING ERRCODE = 'serialization_failure';
    END IF;
END $$;
